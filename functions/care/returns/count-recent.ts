import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { countSince } from './queries.ts';

const WITHIN_MS = 365 * DAY_MS;

/** How many returns a root account asked for of late, and whether the business has that marked. */
export async function countRecent(
  ctx: Context,
  { rootId, much }: { rootId: string; much: number },
): Promise<{ count: number; isMuch: boolean }> {
  return (await countRecentOf(ctx, { rootIds: [rootId], much }))(rootId);
}

/** The same of several. */
export async function countRecentOf(
  { db, now }: Context,
  { rootIds, much }: { rootIds: readonly string[]; much: number },
): Promise<(rootId: string) => { count: number; isMuch: boolean }> {
  const ids = JSON.stringify([...new Set(rootIds)]);
  const rows = await countSince(db, { ids, since: now() - WITHIN_MS });
  const counts = new Map(rows.map(({ rootId, count }) => [rootId, count]));
  return (rootId) => {
    const count = counts.get(rootId) ?? 0;
    return { count, isMuch: count >= much };
  };
}
