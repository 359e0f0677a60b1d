import { median } from '../facts/median.ts';
import { type BasketChunk, entriesOf } from './chunk.ts';

/** A product with whoever bought it; its place in {@link Stock.products} is what others know it by. */
export interface StockProduct {
  key: string;
  name: string | null;
  category: string | null;
  lastDay: number;
  /** Accounts that bought it, by their place. */
  accounts: Int32Array;
  /** How many of them there are by how many products they bought; see {@link sizeClass}. */
  bySize: readonly number[];
  again: number;
  halfDays: number | null;
}

/** Everything that was bought, by account and by product, in memory: some 12 bytes for each product of an account. */
export interface Stock {
  /** Sorted by key. */
  products: readonly StockProduct[];
  /** What account `n` bought stands from `starts[n]` on, up to `starts[n + 1]`. */
  starts: Int32Array;
  items: Int32Array;
  firstDays: Int32Array;
  /** Accounts of each size class, and how many products they bought. */
  sizes: readonly { accounts: number; entries: number }[];
}

/** Accounts are compared with those that buy about as many different products: each class begins at one of these. */
const classStarts = [1, 2, 3, 4, 6, 9, 13, 19, 28, 41] as const;

export function sizeClass(products: number): number {
  return classStarts.findLastIndex((start) => products >= start);
}

/** Everything at once, of little. */
export function stockOf(chunks: readonly BasketChunk[]): Stock {
  const shelf = openShelf({
    accounts: chunks.reduce((sum, { accounts }) => sum + accounts.length, 0),
    entries: chunks.reduce((sum, chunk) => sum + entriesOf(chunk), 0),
  });
  for (const chunk of chunks) shelf.put(chunk);
  return shelf.take();
}

/** Where baskets are put chunk by chunk, so that no more than one of them lies there as text. */
export interface Shelf {
  put: (chunk: BasketChunk) => void;
  take: () => Stock;
}

/** For so many accounts and products of theirs at the most. */
export function openShelf(most: { accounts: number; entries: number }): Shelf {
  const starts = new Int32Array(most.accounts + 1);
  const items = new Int32Array(most.entries);
  const firstDays = new Int32Array(most.entries);
  const halves = new Int32Array(most.entries);
  const known = new Map<string, NamedPlace>();
  let [account, next] = [0, 0];
  return {
    put: ({ products, accounts }) => {
      const places = products.map((product) => placeOf(known, product));
      for (const basket of accounts) {
        for (let at = 0; at < basket.length; at += 3) {
          items[next] = places[basket[at] ?? 0] ?? 0;
          firstDays[next] = basket[at + 1] ?? 0;
          halves[next] = basket[at + 2] ?? 0;
          next += 1;
        }
        account += 1;
        starts[account] = next;
      }
    },
    take: () => {
      const own = starts.subarray(0, account + 1);
      const products = stockProducts(known, { starts: own, items, halves });
      return { products, starts: own, items, firstDays, sizes: sizesOf(own) };
    },
  };
}

interface NamedPlace {
  place: number;
  name: string | null;
  category: string | null;
  lastDay: number;
}

function placeOf(
  known: Map<string, NamedPlace>,
  [key, name, lastDay, category]: BasketChunk['products'][number],
): number {
  const before = known.get(key);
  const place = before?.place ?? known.size;
  if (before === undefined || before.lastDay < lastDay)
    known.set(key, { place, name, category: category ?? null, lastDay });
  return place;
}

/** Puts the places of `items` into the sequence of keys on the way. */
function stockProducts(
  known: ReadonlyMap<string, NamedPlace>,
  { starts, items, halves }: { starts: Int32Array; items: Int32Array; halves: Int32Array },
): StockProduct[] {
  const sorted = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
  const moved = new Int32Array(known.size);
  sorted.forEach(([, { place }], at) => {
    moved[place] = at;
  });
  const buyers = new Int32Array(known.size);
  for (let at = 0; at < items.length; at += 1) {
    const place = moved[items[at] ?? 0] ?? 0;
    items[at] = place;
    buyers[place] = (buyers[place] ?? 0) + 1;
  }
  const filled = sorted.map(([key, { place: _, ...known }], at) => {
    const halfDays: number[] = [];
    return {
      ...{ key, ...known, accounts: new Int32Array(buyers[at] ?? 0), next: 0 },
      bySize: Array.from(classStarts, () => 0),
      halves: halfDays,
    };
  });
  for (let account = 0; account + 1 < starts.length; account += 1) {
    const [from = 0, to = 0] = [starts[account], starts[account + 1]];
    const size = sizeClass(to - from);
    for (let at = from; at < to; at += 1) {
      const product = filled[items[at] ?? 0];
      if (product === undefined) continue;
      product.accounts[product.next] = account;
      product.next += 1;
      product.bySize[size] = (product.bySize[size] ?? 0) + 1;
      const half = halves[at] ?? 0;
      if (half > 0) product.halves.push(half);
    }
  }
  return filled.map(({ next: _, halves: of, ...product }) => ({
    ...product,
    again: of.length,
    halfDays: of.length === 0 ? null : Math.round(median(of)),
  }));
}

function sizesOf(starts: Int32Array): Stock['sizes'] {
  const sizes = Array.from(classStarts, () => ({ accounts: 0, entries: 0 }));
  for (let account = 0; account + 1 < starts.length; account += 1) {
    const products = (starts[account + 1] ?? 0) - (starts[account] ?? 0);
    const size = sizes[sizeClass(products)];
    if (size === undefined) continue;
    size.accounts += 1;
    size.entries += products;
  }
  return sizes;
}
