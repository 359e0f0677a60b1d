import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { addDays, dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';

const DAYS = 30;
const LEFT_MAX = 20;

export interface SegmentMoves {
  /** Of the last 30 business days, the newest first: who came, who went, and how many were in it at the end. */
  days: { day: string; entered: number; left: number; members: number }[];
  /** Who left last. */
  left: { accountId: string; name: string; at: number }[];
}

/** How a segment moved lately. `members` is how many are in it now. @throws {AppError} `forbidden` */
export async function listMoves(
  ctx: Context,
  { id, members }: { id: string; members: number },
): Promise<SegmentMoves> {
  allow(ctx.actor, 'segments:read');
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const since = startOfDay(addDays(today, 1 - DAYS), timeZone);
  const [entries, exits, left] = await Promise.all([
    listEntered(ctx.db, { id, since }),
    listLeft(ctx.db, { id, since }),
    listLast(ctx.db, { id }),
  ]);
  const count = (rows: readonly { at: number; n: number }[]) => {
    const byDay = new Map<string, number>();
    for (const { at, n } of rows) {
      const day = dayOf(at, timeZone);
      byDay.set(day, (byDay.get(day) ?? 0) + n);
    }
    return byDay;
  };
  const [came, went] = [count(entries), count(exits)];
  let standing = members;
  const days = Array.from({ length: DAYS }, (_, ago) => {
    const day = addDays(today, -ago);
    const [entered, gone] = [came.get(day) ?? 0, went.get(day) ?? 0];
    const row = { day, entered, left: gone, members: standing };
    standing += gone - entered;
    return row;
  });
  return { days, left };
}

const listEntered = query((db) =>
  db
    .select({ at: sql<number>`at`.mapWith(Number), n: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`audience_entries`)
    .where(sql`segment_id = ${sql.placeholder('id')} AND at >= ${sql.placeholder('since')}`)
    .groupBy(sql`at`),
);

const listLeft = query((db) =>
  db
    .select({ at: sql<number>`at`.mapWith(Number), n: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`audience_exits`)
    .where(sql`segment_id = ${sql.placeholder('id')} AND at >= ${sql.placeholder('since')}`)
    .groupBy(sql`at`),
);

const listLast = query((db) =>
  db
    .select({
      accountId: sql<string>`x.account_id`,
      name: sql<string>`coalesce(nullif(a.name, ''), (SELECT coalesce(c.name, c.email) FROM customers AS c WHERE c.id = a.owner_id), '')`,
      at: sql<number>`x.at`.mapWith(Number),
    })
    .from(sql`audience_exits AS x JOIN accounts AS a ON a.id = x.account_id`)
    .where(sql`x.segment_id = ${sql.placeholder('id')}`)
    .orderBy(sql`x.at DESC`, sql`x.account_id`)
    .limit(LEFT_MAX),
);
