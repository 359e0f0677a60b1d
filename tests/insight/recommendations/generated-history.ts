import { mulberry32 } from '../../../functions/ground/platform/mulberry.ts';

/** What is planted: half of those who buy the first of a pair buy the second, too, at once or, mostly, the next time. */
export const planted = Array.from({ length: 8 }, (_, n) => [`P-${n}`, `Q-${n}`] as const);
/** Bought about every four weeks by those who buy them. */
export const usedUp = ['C-0', 'C-1', 'C-2'] as const;

const TASTES = 6;
const SHELF = 25;
const FIRST_DAY = Date.UTC(2025, 0, 6);
const DAY_MS = 86_400_000;

interface Purchase {
  customer: number;
  day: number;
  skus: string[];
}

/**
 * A made-up history: each account has a taste, and buys three to eight times one to three things that it has not yet: nine in ten
 * from the shelf of its taste, `A-0` to `F-24`, by how popular they are there. Beside that comes what is planted. The same for a seed.
 */
export function generatedHistory({ accounts, seed }: { accounts: number; seed: number }): Purchase[] {
  const next = mulberry32(seed);
  const chance = () => next() / 2 ** 32;
  const whole = (below: number) => Math.floor(chance() * below);
  const shelfOf = (taste: number) => String.fromCharCode(65 + taste);
  /** The nth of a shelf is bought about 1/(n + 5) as often. */
  const popular = () => Math.floor(5 * ((SHELF + 5) / 5) ** chance()) - 5;
  const oneAccount = (customer: number): Purchase[] => {
    const uses = chance() < 0.3 ? usedUp[whole(usedUp.length)] : undefined;
    const taste = whole(TASTES);
    const had = new Set<string>();
    let wanted: string[] = [];
    let day = whole(120);
    return Array.from({ length: 3 + whole(6) }, (): Purchase => {
      const fromShelf = () => `${shelfOf(chance() < 0.9 ? taste : whole(TASTES))}-${popular()}`;
      const skus = new Set([...wanted, ...Array.from({ length: 1 + whole(3) }, fromShelf)]);
      wanted = [];
      const [first, second] = planted[whole(planted.length)] ?? ['', ''];
      if (chance() < 0.3 && !had.has(first)) {
        skus.add(first);
        if (chance() < 0.5) {
          if (chance() < 0.3) skus.add(second);
          else wanted = [second];
        }
      }
      const fresh = [...skus].filter((sku) => !had.has(sku));
      for (const sku of fresh) had.add(sku);
      day += 24 + whole(9);
      return { customer, day, skus: uses === undefined ? fresh : [...fresh, uses] };
    });
  };
  return Array.from({ length: accounts }, (_, customer) => oneAccount(customer))
    .flat()
    .filter(({ skus }) => skus.length > 0);
}

const shelfNames = ['Apples', 'Breads', 'Cheeses', 'Drinks', 'Eggs', 'Flowers'];

/** What stands on the shelf of a taste, which a product of it has as its category. */
export const shelfName = (sku: string) => shelfNames[sku.charCodeAt(0) - 65] ?? '';

/** The shelf from which a customer bought most. */
export function tasteOf(history: readonly Purchase[], of: number): string {
  const named = history
    .filter(({ customer }) => customer === of)
    .flatMap(({ skus }) => skus.map(shelfName).filter((name) => name !== ''));
  const byName = Map.groupBy(named, (name) => name);
  return [...byName].sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? '';
}

/** The same as a file of orders. */
export function historyCsv(history: readonly Purchase[]): string {
  const rows = history.flatMap(({ customer, day, skus }, order) =>
    skus.map((sku) =>
      [
        `G-${order}`,
        new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10),
        `c${customer}@generated.example`,
        'EUR',
        sku,
        `Thing ${sku}`,
        shelfName(sku),
        '5.00',
      ].join(','),
    ),
  );
  return `order_number,placed_at,customer_email,currency,sku,product,category,line_total\n${rows.join('\n')}\n`;
}
