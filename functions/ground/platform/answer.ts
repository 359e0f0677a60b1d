import { z } from 'zod';

/** The building blocks of what the API answers (DOMAIN §4). */

/** M of DOMAIN §4: whole minor units; signed only where the field says so. */
export const moneyAnswer = z.object({ amount: z.int(), currency: z.string() }).meta({
  id: 'Amount',
  description: 'Whole minor units of the currency: 1177 with USD is 11.77.',
  examples: [{ amount: 1177, currency: 'EUR' }],
});

export const instantAnswer = z.string().meta({ format: 'date-time', examples: ['2026-03-01T10:00:00Z'] });

/** A page of a list; `nextCursor` is null on the last one. */
export function listAnswer<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** How the API writes an instant: RFC 3339 in UTC, milliseconds only where there are some. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
