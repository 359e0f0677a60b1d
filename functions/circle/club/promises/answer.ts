import { z } from 'zod';
import type { Promises } from './list-promises.ts';
import { DAYS } from './measure.ts';

const share = z.number().meta({ description: 'Between 0 and 1.' });

/** How often promises were kept, as the API answers it. */
export const promisesAnswer = z
  .object({
    items: z.array(
      z.object({
        promise: z.string().meta({ description: 'A benefit, or `days` for the promised days of orders.' }),
        titles: z.record(z.string(), z.string()).nullable().meta({ description: 'By language.' }),
        kept: z.int(),
        of: z.int(),
        share: share.nullable().meta({ description: 'Null while nothing was told.' }),
        interval: z.object({ from: share, to: share }).nullable().meta({ description: '95 %, by Wilson.' }),
        verdict: z
          .enum(['unknown', 'kept', 'poor'])
          .nullable()
          .meta({ description: '`poor` is kept in less than 95 %; `unknown` is of too few.' }),
        isProposed: z.boolean().meta({ description: 'Whether its withdrawal waits to be decided.' }),
      }),
    ),
  })
  .meta({ id: 'ClubPromises' });

export function toPromisesAnswer({ items }: Promises): z.infer<typeof promisesAnswer> {
  return {
    items: items.map(({ promise, titles, kept, of, verdict, finding }) => ({
      ...{ promise, titles: promise === DAYS ? null : titles, kept, of },
      share: verdict === null ? null : verdict.shareBps / 10_000,
      interval: verdict === null ? null : { from: verdict.fromBps / 10_000, to: verdict.toBps / 10_000 },
      verdict: verdict?.verdict ?? null,
      isProposed: finding !== null && finding.decision === null,
    })),
  };
}
