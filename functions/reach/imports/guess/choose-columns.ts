import type { ColumnFacts } from './column-facts.ts';
import { type Guessable, guessable, headerWords, plainHeader } from './header-words.ts';

/** Which of the file's columns is which of ours, by place. */
export type Chosen = Partial<Record<Guessable, number>>;

/** Chooses by header, where the values do not speak against it; an address of mail and a currency also by their values alone. */
export function chooseColumns(columns: readonly ColumnFacts[]): Chosen {
  const chosen: Chosen = {};
  const taken = new Set<number>();
  const take = (column: Guessable, at: number | null) => {
    if (at === null || chosen[column] !== undefined || taken.has(at)) return;
    chosen[column] = at;
    taken.add(at);
  };
  for (const column of guessable) take(column, byName(columns, column));
  for (const column of guessable) take(column, byHeader(columns, column, taken));
  take(
    'customer_email',
    mostly(columns, taken, ({ emails, filled }) => emails > 0.8 * filled),
  );
  take(
    'currency',
    mostly(columns, taken, ({ currencies, filled }) => currencies > 0.95 * filled),
  );
  take(
    'placed_at',
    mostly(columns, taken, (facts) => bestShare(facts) > 0.95),
  );
  return chosen;
}

/** A column that bears our own name is ours, whatever stands in it. */
function byName(columns: readonly ColumnFacts[], column: Guessable): number | null {
  const at = columns.findIndex(({ header }) => header.toLowerCase() === column);
  return at === -1 ? null : at;
}

function byHeader(
  columns: readonly ColumnFacts[],
  column: Guessable,
  taken: ReadonlySet<number>,
): number | null {
  const words = headerWords[column];
  let best: { at: number; rank: number } | null = null;
  for (const [at, facts] of columns.entries()) {
    const rank = words.indexOf(plainHeader(facts.header));
    if (rank === -1 || taken.has(at) || !mayBe(facts, column)) continue;
    if (best === null || rank < best.rank) best = { at, rank };
  }
  return best?.at ?? null;
}

/** Whether the values of a column can be what its header says; an empty column can be anything but required ones. */
function mayBe(facts: ColumnFacts, column: Guessable): boolean {
  const { filled, amounts, emails, clocks, currencies } = facts;
  if (filled === 0) return false;
  if (numeric.has(column)) return amounts > 0.8 * filled;
  if (column === 'placed_at' || column === 'delivered_at') return bestShare(facts) > 0.8;
  if (column === 'time') return clocks > 0.8 * filled;
  if (column === 'customer_email') return emails > 0.5 * filled;
  return column !== 'currency' || currencies > 0.8 * filled;
}

const numeric = new Set<Guessable>([
  'line_total',
  'unit_price',
  'quantity',
  'line_discount',
  'shipping',
  'tax',
]);

/** The largest share of cells that one form of date reads. */
function bestShare({ dates, filled }: ColumnFacts): number {
  return filled === 0 ? 0 : Math.max(0, ...dates.values()) / filled;
}

function mostly(
  columns: readonly ColumnFacts[],
  taken: ReadonlySet<number>,
  isIt: (facts: ColumnFacts) => boolean,
): number | null {
  const at = columns.findIndex((facts, place) => !taken.has(place) && facts.filled > 0 && isIt(facts));
  return at === -1 ? null : at;
}
