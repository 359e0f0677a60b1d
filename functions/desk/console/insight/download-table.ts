import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../../ground/platform/money.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';

/** A table of a page as a file of one page. */
export interface PageTable {
  /** Of the file, without its ending. */
  name: string;
  columns: readonly string[];
  rows: readonly SheetRow[];
}

/**
 * The table of a page as a CSV; who took it stands in the log. One that names people asks for the second factor again where names
 * are in it: see {@link namesFor}. @throws {AppError} `proof_needed`
 */
export async function downloadTable(
  ctx: Context,
  { name, columns, rows }: PageTable,
  { isNamed = false }: { isNamed?: boolean } = {},
): Promise<ReadableStream<Uint8Array>> {
  if (isNamed && mayReadPersonal(ctx.actor)) allowProven(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'figures.exported', subjectKind: 'export', subjectId: name },
  });
  return streamOf(writeRows({ columns, pages: inOnePage(rows) }, 'csv'));
}

async function* inOnePage(rows: readonly SheetRow[]) {
  yield [...rows];
}

/** What a file says of a person: their name, or nothing to analysts. */
export const namesFor = (ctx: Pick<Context, 'actor'>) => (name: string) =>
  mayReadPersonal(ctx.actor) ? name : null;

/** How a file writes sums of a currency: signed decimals. */
export function moneyFor(currency: string | null) {
  const exponent = currencyExponent(currency ?? '') ?? 2;
  return (minor: bigint) => csvNumber(formatDecimal(minor, exponent));
}
