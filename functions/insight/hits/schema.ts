import { z } from 'zod';
import { day } from '../../ground/platform/input.ts';
import type { HitsView } from './get-hits.ts';

/** `GET /hits` */
export const hitsQuery = z.strictObject({
  since: day.meta({ description: 'The first business day.' }),
  until: day
    .optional()
    .meta({ description: 'The last business day, three years later at the most; today unless given.' }),
  language: z
    .string()
    .max(10)
    .optional()
    .meta({ description: 'Read in this language alone.', examples: ['en'] }),
});

const span = z.object({ since: z.string(), until: z.string() });
const compared = { now: z.int(), before: z.int() };
const parts = z.array(z.object({ since: z.string(), until: z.string(), hits: z.int() }));

export const hitsAnswer = z
  .object({
    period: span.meta({ description: 'Both days included.' }),
    before: span.meta({ description: 'As many days before.' }),
    total: z.object(compared),
    pages: z
      .array(z.object({ page: z.string(), language: z.string(), ...compared }))
      .meta({ description: 'The most read first. A page stands for all addresses of its pattern.' }),
    parts: z.object({ now: parts, before: parts }),
  })
  .meta({ id: 'Hits' });

export function toHitsAnswer({ period, total, both, parts: drawn }: HitsView): z.output<typeof hitsAnswer> {
  const { since, until, before } = period;
  return { period: { since, until }, before, total, pages: both, parts: drawn };
}
