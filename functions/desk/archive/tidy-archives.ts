import { LEFT_MS } from '../../../db/hold-back.ts';
import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listArchiveHolders, removeArchiveRows } from '../../reach/imports/runs/archive-rows.ts';
import { listLiveRuns } from '../../reach/imports/runs/list-live-runs.ts';

/** Takes away what waits of archives that nobody goes on with: their run ended, or the command that read them was killed. */
export async function tidyArchives(ctx: Context): Promise<void> {
  await removeLeftPlaces(ctx);
  const holders = await listArchiveHolders(ctx.db);
  if (holders.length === 0) return;
  const live = new Set([...(await listLiveRuns(ctx.db)), ...(await listPlaceHolders(ctx))]);
  for (const holder of holders) if (!live.has(holder)) await removeArchiveRows(ctx, holder);
}

/** While there are any, everybody who writes looks out for them. */
async function removeLeftPlaces({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  const left = statement('SELECT 1 FROM archive_places WHERE until <= ?', now() - LEFT_MS);
  if ((await db.fresh.read(left)).length === 0) return;
  await db.write([statement('DELETE FROM archive_places WHERE until <= ?', now() - LEFT_MS)]);
}

/** Runs, and commands, that are heard of. */
async function listPlaceHolders({ db, now }: Pick<Context, 'db' | 'now'>): Promise<string[]> {
  const rows = await db.fresh.read(
    statement("SELECT holder FROM archive_places WHERE what = 'in' AND until > ?", now()),
  );
  return rows.flatMap(([holder]) => String(holder).split(' ', 1));
}
