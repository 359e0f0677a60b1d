import type { SheetRow } from '../../../ground/formats/table.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getSegmentProfile } from '../../../insight/numbers/get-segment-profile.ts';
import type { KeptProfile } from '../../../insight/numbers/kept-segments.ts';
import { modelMarginOf } from '../../../insight/numbers/model-margin.ts';
import { downloadTable, moneyFor } from './download-table.ts';

type Cell = SheetRow[number];

/**
 * A typical account of a segment beside that of all, a row for each figure. Null before it was first counted.
 * @throws {AppError} as `getSegmentProfile`
 */
export async function downloadProfile(
  ctx: Context,
  { id }: { id: string },
): Promise<ReadableStream<Uint8Array> | null> {
  const profile = await getSegmentProfile(ctx, { id });
  if (profile === null) return null;
  const { own, whole, currency } = profile;
  const [ofOwn, ofAll] = [own === null ? null : figuresOf(own, currency), figuresOf(whole, currency)];
  const names = [...new Set([...(ofOwn ?? new Map()).keys(), ...ofAll.keys()])];
  return downloadTable(ctx, {
    name: `segment-${id}-profile`,
    columns: ['figure', 'segment', 'all', 'currency'],
    rows: names.map((name) => [name, ofOwn?.get(name) ?? null, ofAll.get(name) ?? null, currency]),
  });
}

function figuresOf(profile: KeptProfile, currency: string): Map<string, Cell> {
  const { typical, value } = profile;
  const money = moneyFor(currency);
  const rows: [string, Cell][] = [
    ['accounts', value.accounts],
    ['buying_accounts', typical.accounts],
    ...spreadOver('basket', typical.basketMinor, money),
    ...spreadOver('purchase_days', typical.yearDays, Number),
    ...spreadOver('year_spend', typical.yearSpendMinor, money),
    ['returning_accounts', typical.returning],
    ...spreadOver('interval_days', typical.intervalHalfDays, (half) => Number(half) / 2),
    ...ranged('mean_year_spend', value.yearSpendMinor, money),
    ...ranged('expected_year_spend', value.expected?.minor ?? null, money),
    ['kept_of', value.kept?.of ?? null],
    ...ranged('kept_share', value.kept?.share ?? null, rounded),
    ...ranged('lifetime_years', value.lifetime?.years ?? null, rounded),
    ...ranged('lifetime_spend', value.lifetime?.minor ?? null, money),
    ...marginRows(profile, money),
    ...value.retention.flatMap(({ year, of, bought }): [string, Cell][] => [
      [`year_${year + 1}_of`, of],
      [`year_${year + 1}_bought`, bought],
    ]),
    ...typical.mix.map(({ category, bps }): [string, Cell] => [`mix: ${category}`, bps / 10_000]),
  ];
  return new Map(rows);
}

function marginRows(profile: KeptProfile, money: (minor: bigint) => Cell): [string, Cell][] {
  const margin = modelMarginOf(profile);
  if (margin === null) return [];
  return [
    ['margin_share', margin.bps === null ? null : margin.bps / 10_000],
    ['margin_known_of', margin.knownBps / 10_000],
    ...ranged('mean_year_margin', margin.year, money),
    ...ranged('expected_year_margin', margin.expected, money),
    ...ranged('lifetime_margin', margin.lifetime, money),
  ];
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

function spreadOver(
  name: string,
  quartiles: { lower: bigint; median: bigint; upper: bigint } | null,
  write: (value: bigint) => Cell,
): [string, Cell][] {
  return [
    [name, quartiles && write(quartiles.median)],
    [`${name}_lower`, quartiles && write(quartiles.lower)],
    [`${name}_upper`, quartiles && write(quartiles.upper)],
  ];
}

function ranged<Figure>(
  name: string,
  of: { expected: Figure; low: Figure; high: Figure } | null,
  write: (value: Figure) => Cell,
): [string, Cell][] {
  return [
    [name, of && write(of.expected)],
    [`${name}_low`, of && write(of.low)],
    [`${name}_high`, of && write(of.high)],
  ];
}
