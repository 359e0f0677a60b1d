import { ACCOUNTS_MIN, isConsumable } from './due.ts';
import type { Stock, StockProduct } from './stock.ts';
import { pairCells, SURPRISE_MIN, surprise, surpriseNeeded } from './surprise.ts';

/** What goes together only a little more often than by chance helps nobody, however sure it is. */
const LIFT_MIN = 1.5;
/** A pair has a direction when at least three in four go the same way, and not by chance. */
const ONWARD_SHARE = 0.75;
/** So many are kept for each product. */
const PAIRS_MAX = 12;

/** Something that goes with a product by more than chance. */
export interface WeighedPair {
  /** The place of the other product. */
  other: number;
  kind: 'with' | 'onward';
  together: number;
  later: number;
  chance: number;
  surprise: number;
}

/** How many pairs of products there are to try: those that enough accounts bought. */
function pairsTried({ products }: Pick<Stock, 'products'>): number {
  const bought = products.filter(({ accounts }) => accounts.length >= ACCOUNTS_MIN).length;
  return (bought * (bought - 1)) / 2;
}

/**
 * Weighs the products of a stock one by one: what else those who bought it bought, where that is more than chance would have,
 * the most frequent first. What comes before it, such as the smaller model, is left out: they have grown out of that, unless it is used up.
 */
export function weigherOf(stock: Stock): (place: number) => WeighedPair[] {
  const { products } = stock;
  const needed = surpriseNeeded(pairsTried(stock));
  const counts = { both: zeros(products), later: zeros(products), before: zeros(products) };
  return (place) => {
    const product = products[place];
    if (product === undefined || product.accounts.length < ACCOUNTS_MIN) return [];
    const met = meet(stock, { product, place }, counts);
    const found = met.flatMap((other): WeighedPair[] => {
      const [together = 0, later = 0, before = 0] = [counts.both, counts.later, counts.before].map(
        (of) => of[other],
      );
      for (const counter of [counts.both, counts.later, counts.before]) counter[other] = 0;
      const second = products[other];
      if (second === undefined || together < ACCOUNTS_MIN) return [];
      const chance = chanceOf(product, second, stock);
      if (together < LIFT_MIN * chance) return [];
      const [accounts, first, last] = [accountsIn(stock), product.accounts.length, second.accounts.length];
      const weight = surprise(pairCells({ accounts, first, second: last, together, chance }));
      if (weight < needed) return [];
      if (isOneWay(before, later) && !isConsumable(habitOf(second))) return [];
      const kind = isOneWay(later, before) ? 'onward' : 'with';
      return [{ other, kind, together, later, chance, surprise: weight }];
    });
    return found.sort(byFrequency).slice(0, PAIRS_MAX);
  };
}

/** Whether nearly all of those who bought both on different days bought them in this order. */
export function isOneWay(oneWay: number, otherWay: number): boolean {
  const of = oneWay + otherWay;
  return (
    oneWay >= ACCOUNTS_MIN &&
    oneWay >= ONWARD_SHARE * of &&
    surprise([
      [oneWay, of / 2],
      [otherWay, of / 2],
    ]) >= SURPRISE_MIN
  );
}

/**
 * How many accounts would have bought both, had each that bought as many different products as it did chosen them by how
 * popular they are among such accounts: those who buy much have many pairs in common without anything going together.
 */
export function chanceOf(
  a: Pick<StockProduct, 'bySize'>,
  b: Pick<StockProduct, 'bySize'>,
  { sizes }: Pick<Stock, 'sizes'>,
): number {
  return sizes.reduce((sum, { accounts, entries }, size) => {
    if (entries <= accounts) return sum;
    const mean = entries / accounts;
    return sum + (((a.bySize[size] ?? 0) * (b.bySize[size] ?? 0)) / accounts) * ((mean - 1) / mean);
  }, 0);
}

const habitOf = ({ accounts, again, halfDays }: StockProduct) => ({
  buyers: accounts.length,
  again,
  halfDays,
});

const zeros = (products: readonly unknown[]) => new Int32Array(products.length);

const accountsIn = ({ starts }: Pick<Stock, 'starts'>) => starts.length - 1;

/** Counts who bought what else, and which of both first; returns what they bought, by place. */
function meet(
  { starts, items, firstDays }: Stock,
  { product, place }: { product: StockProduct; place: number },
  { both, later, before }: Record<'both' | 'later' | 'before', Int32Array>,
): number[] {
  const met: number[] = [];
  for (const account of product.accounts) {
    const [from = 0, to = 0] = [starts[account], starts[account + 1]];
    const own = firstDays[items.indexOf(place, from)] ?? 0;
    for (let at = from; at < to; at += 1) {
      const other = items[at] ?? 0;
      if (other === place) continue;
      const known = both[other] ?? 0;
      if (known === 0) met.push(other);
      both[other] = known + 1;
      const day = firstDays[at] ?? 0;
      if (day > own) later[other] = (later[other] ?? 0) + 1;
      else if (day < own) before[other] = (before[other] ?? 0) + 1;
    }
  }
  return met;
}

/** Products are sorted by key, so that equals are, too. */
const byFrequency = (a: WeighedPair, b: WeighedPair) =>
  b.together - a.together || b.surprise - a.surprise || a.other - b.other;
