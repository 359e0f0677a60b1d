import { statement } from '../../../db/query.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { listPositions } from './queries.ts';

/** How far behind the newest change a follower is. */
export interface Lag {
  name: string;
  position: number;
  /** How many changes it has not read yet. */
  behind: number;
  /** How long the first of them has waited for it, in milliseconds; 0 when there is none. */
  waiting_ms: number;
}

/** The lag of every follower that has begun, by name; one read whose cost does not grow with the history. */
export async function listLags(ctx: Pick<Context, 'db' | 'now'>): Promise<Lag[]> {
  const now = ctx.now();
  return (await listPositions(ctx.db)).map(({ name, position, newest, nextAt }) => ({
    name,
    position,
    behind: newest - position,
    waiting_ms: nextAt === null ? 0 : Math.max(0, now - nextAt),
  }));
}

/**
 * Puts a follower back, so that it reads everything behind that position again: 0 is before the first change. One that is
 * reading meanwhile stops. Nobody is put ahead of where they have read: what lies between would be lost.
 * @throws {AppError} `not_found` for a follower that has not begun, or that is not as far as that
 */
export async function goBack(
  ctx: Pick<Context, 'db'>,
  { name, position }: { name: string; position: number },
): Promise<void> {
  const [rows] = await ctx.db.write([
    statement(
      'UPDATE feed_positions SET position = ? WHERE name = ? AND position >= ? RETURNING name',
      position,
      name,
      position,
    ),
  ]);
  if (rows?.length !== 1) throw new AppError('not_found', `No follower ${name} has read beyond ${position}.`);
}
