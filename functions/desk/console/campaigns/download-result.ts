import { getResult, type ResultSide } from '../../../care/campaigns/result/get-result.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../../ground/platform/money.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';

const columns = [
  ...['share', 'accounts', 'bought', 'currency', 'spend', 'until'],
  ...['effect', 'difference', 'difference_from', 'difference_to'],
] as const;

/** The two sides of a campaign as a CSV of two rows; the difference stands beside the told. @throws {AppError} `not_found`, `forbidden` */
export async function downloadResult(
  ctx: Context,
  { id }: { id: string },
): Promise<ReadableStream<Uint8Array>> {
  const { currency, until, told, held, effect } = await getResult(ctx, { id });
  const decimal = (minor: bigint) => csvNumber(formatDecimal(minor, currencyExponent(currency ?? '') ?? 2));
  const rounded = (value: number | undefined) =>
    value === undefined ? null : decimal(BigInt(Math.round(value)));
  const row = (share: string, side: ResultSide, beside: SheetRow): SheetRow => [
    ...[
      share,
      csvNumber(String(side.accounts)),
      csvNumber(String(side.bought)),
      currency,
      decimal(side.spendMinor),
      until,
    ],
    ...beside,
  ];
  const { difference, from, to } = effect?.estimate ?? {};
  const rows = [
    row('told', told, [effect?.state ?? null, rounded(difference), rounded(from), rounded(to)]),
    row('held', held, [null, null, null, null]),
  ];
  return streamOf(writeRows({ columns, pages: once(rows) }, 'csv'));
}

async function* once(rows: SheetRow[]): AsyncGenerator<SheetRow[]> {
  yield rows;
}
