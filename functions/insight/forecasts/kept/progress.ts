import { z } from 'zod';
import { type FitProgress, nothingFitted } from '../fits/fit-plan.ts';

const numbers = z.array(z.number());
/** JSON knows no infinite numbers. */
const value = z
  .number()
  .nullable()
  .transform((one) => one ?? Infinity);

const kept = z.object({
  done: z.record(
    z.string(),
    z.object({
      ...{ values: numbers, spread: z.array(numbers), logLikelihood: z.number() },
      ...{ hasConverged: z.boolean(), isAtLimit: z.boolean() },
    }),
  ),
  current: z
    .object({
      key: z.string(),
      fitting: z.object({
        stage: z.enum(['each', 'best', 'again', 'done']),
        searches: z.array(
          z.object({
            corners: z.array(z.object({ at: numbers, value })),
            ...{ evaluations: z.number(), isDone: z.boolean() },
          }),
        ),
      }),
    })
    .nullable(),
});

/** Fits as far as they had come when they were put away; an empty text before the first. */
export function readProgress(text: string): FitProgress {
  return text === '' ? nothingFitted : kept.parse(JSON.parse(text));
}

export function writeProgress(progress: FitProgress): string {
  return JSON.stringify(progress);
}
