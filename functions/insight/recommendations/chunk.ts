import { z } from 'zod';
import type { AccountBasket } from './basket.ts';

/**
 * The baskets of some accounts as text: each product once with its name, last day and category, then for each account three numbers a product: its place among
 * those, the first day, and half the own interval's days doubled, 0 without one.
 */
const chunkText = z.object({
  products: z.array(z.tuple([z.string(), z.string().nullable(), z.number(), z.string().nullish()])),
  accounts: z.array(z.array(z.number())),
});
export type BasketChunk = z.infer<typeof chunkText>;

export function chunkOf(baskets: readonly AccountBasket[]): BasketChunk {
  const places = new Map<string, number>();
  const products: BasketChunk['products'] = [];
  const accounts = baskets.map((basket) =>
    basket.flatMap(({ key, name, category, days, firstDay, lastDay, halfDays }) => {
      const place = places.get(key) ?? products.length;
      const known = products[place];
      places.set(key, place);
      if (known === undefined || known[2] < lastDay) products[place] = [key, name, lastDay, category];
      return [place, firstDay, days.length > 1 ? Math.max(1, halfDays ?? 0) : 0];
    }),
  );
  return { products, accounts };
}

export function readChunk(text: string): BasketChunk {
  return chunkText.parse(JSON.parse(text));
}

export const entriesOf = ({ accounts }: BasketChunk): number =>
  accounts.reduce((sum, account) => sum + account.length / 3, 0);
