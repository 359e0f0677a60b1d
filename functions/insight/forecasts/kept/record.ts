import { z } from 'zod';
import type { RecordedFigures, Tenth } from '../record/record-at.ts';

const figure = z.number().nullable();
const keptFigures = z.object({
  served: z.string(),
  merged: z.number().default(0),
  isImported: z.boolean().nullable().default(null),
  figures: z.array(
    z.object({
      name: z.string(),
      ...{ rmse: figure, mae: figure, total: figure, actual: figure, bias: figure },
      ...{ logLoss: figure, coverage80: figure },
    }),
  ),
});
const keptTenths = z.array(z.object({ accounts: z.number(), expected: z.number(), actual: z.number() }));

/**
 * What served, under its own name, and the figures of it (`served`) and of each plain baseline; null where there is none.
 * `merged` accounts were left out, as they were merged since. `isImported`: nothing that it rests on had been recorded on the day
 * it was asked of; null of old records, of which that is not known.
 */
export type KeptFigures = z.output<typeof keptFigures>;

export function writeFigures(
  { served, merged, isImported }: Pick<KeptFigures, 'served' | 'merged' | 'isImported'>,
  figures: readonly RecordedFigures[],
): string {
  const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  const kept: KeptFigures = {
    ...{ served, merged, isImported },
    figures: figures.map(({ name, ...one }) => ({
      name,
      ...{ rmse: finite(one.rmse), mae: finite(one.mae), total: finite(one.total) },
      ...{ actual: finite(one.actual), bias: finite(one.bias) },
      ...{ logLoss: finite(one.logLoss), coverage80: finite(one.coverage80) },
    })),
  };
  return JSON.stringify(kept);
}

export const readFigures = (text: string): KeptFigures => keptFigures.parse(JSON.parse(text));

export const readTenths = (text: string): Tenth[] => keptTenths.parse(JSON.parse(text));
