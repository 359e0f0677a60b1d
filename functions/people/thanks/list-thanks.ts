import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { staffThanks } from '../../../db/schema/index.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';

const SHOWN_MAX = 20;
const rows = query((db) =>
  db
    .select({
      id: staffThanks.id,
      kind: staffThanks.kind,
      subject: staffThanks.subject,
      count: staffThanks.count,
      words: staffThanks.words,
      at: staffThanks.at,
    })
    .from(staffThanks)
    .where(eq(staffThanks.staffId, sql.placeholder('staffId')))
    .orderBy(desc(staffThanks.at), desc(staffThanks.id))
    .limit(SHOWN_MAX),
);

export type StaffThanks = Awaited<ReturnType<typeof rows>>[number];

const FRESH_MS = 7 * DAY_MS;

/** What who asks was thanked for within a week, the newest; null where it was nothing. */
export async function findFreshThanks(ctx: Context): Promise<StaffThanks | null> {
  const [newest = null] = await listOwnThanks(ctx);
  return newest !== null && ctx.now() - newest.at < FRESH_MS ? newest : null;
}

/** What who asks was thanked for, the newest first; nothing for who is not of the team. */
export async function listOwnThanks(ctx: Context): Promise<StaffThanks[]> {
  return ctx.actor.kind === 'staff' ? rows(ctx.db, { staffId: ctx.actor.id }) : [];
}
