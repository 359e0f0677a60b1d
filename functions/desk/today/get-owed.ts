import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { exactInteger, exactJson } from '../../ground/platform/exact-json.ts';
import { keptFigure } from '../console/kept-figures.ts';

/** Within so many days, from the last bound on; null is all beyond, `never` does not lapse. */
export const owedBounds = [30, 90, 180, 365] as const;

const step = z.object({ days: z.union([z.number(), z.literal('never')]).nullable(), minor: exactInteger });
const owedShape = z.object({ byAge: z.array(step), byLapse: z.array(step) });

/** What customers may spend, in minor units, by how long they have it and by how soon it lapses. */
export type OwedSteps = z.output<typeof owedShape>;

/**
 * What is owed by age and by when it lapses, which both come to what is available; of a while ago where adding it up takes long.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export function getOwed(ctx: Context): Promise<OwedSteps> {
  allow(ctx.actor, 'customers:read');
  return keptFigure(ctx, 'owed', {
    compute: () => sumOwed(ctx),
    write: exactJson,
    read: (text) => owedShape.parse(JSON.parse(text)),
  });
}

async function sumOwed({ db, now }: Context): Promise<OwedSteps> {
  const at = now();
  const rows = await db.read(
    statement(
      `SELECT ${stepOf('?1 - dated_at')} AS age, CASE WHEN expires_at IS NULL THEN -1 ELSE ${stepOf('expires_at - ?1')} END AS lapse,
         sum(remaining_minor) FROM lots WHERE remaining_minor > 0 AND (expires_at IS NULL OR expires_at > ?1) GROUP BY 1, 2`,
      at,
    ),
  );
  const sumWhere = (column: 0 | 1, step: number) =>
    rows.reduce((sum, row) => (Number(row[column]) === step ? sum + BigInt(row[2] ?? 0) : sum), 0n);
  const steps = [...owedBounds, null].map((days, index) => ({ days, index }));
  return {
    byAge: steps.map(({ days, index }) => ({ days, minor: sumWhere(0, index) })),
    byLapse: [
      ...steps.map(({ days, index }) => ({ days, minor: sumWhere(1, index) })),
      { days: 'never', minor: sumWhere(1, -1) },
    ],
  };
}

const stepOf = (duration: string) =>
  `CASE ${owedBounds.map((days, index) => `WHEN ${duration} <= ${days * DAY_MS} THEN ${index}`).join(' ')} ELSE ${owedBounds.length} END`;
