import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { rewardUnseenDays } from '../moments.ts';
import { seenAtSql } from './unseen-sql.ts';

const ROWS_MAX = 50;
/** What has lain longer than this is no news. */
const EARNED_DAYS = 365;

/** A root account that has not looked at what it earned. */
export interface UnseenReward {
  rootId: string;
  /** Who speaks for it; null where nobody belongs to it. */
  customerId: string | null;
  name: string | null;
  /** Null for analysts, too, who are not told how to reach people. */
  phone: string | null;
  /** Minor units of the currency of the business, of all that was earned since it was last seen. */
  unseenMinor: bigint;
  /** When the newest of it was earned that is old enough to be listed. */
  earnedAt: number;
  /** When it was told again; null while it was not. */
  toldAt: number | null;
}

/**
 * For staff: whose rewards have lain unseen for as many days as the moment waits, the newest first, a year back; at most 50. Those of people who never
 * signed up are among them. @throws {AppError} `forbidden`, `scope_missing`
 */
export async function listUnseen(
  ctx: Context,
): Promise<{ items: UnseenReward[]; isCut: boolean; currency: string | null; days: number }> {
  allow(ctx.actor, 'customers:read');
  const business = await getBusiness(ctx);
  const days = policyOf(business, rewardUnseenDays);
  const until = ctx.now() - days * DAY_MS;
  const rows = await ask(ctx.db, (query) =>
    query
      .select({
        rootId: sql<string>`u.account_id`,
        customerId: sql<string | null>`c.id`,
        name: sql<string | null>`coalesce(nullif(a.name, ''), c.name, c.email)`,
        phone: sql<string | null>`c.phone`,
        unseenMinor:
          sql<bigint>`(SELECT sum(l.remaining_minor) FROM lots AS l WHERE l.account_id = u.account_id
          AND l.remaining_minor > 0 AND l.dated_at > u.seen_at AND l.dated_at <= ${until})`.mapWith(BigInt),
        earnedAt: sql<number>`u.dated_at`.mapWith(Number),
        toldAt: sql<number | null>`(SELECT max(n.at) FROM notices AS n WHERE n.reader = u.account_id
          AND n.subject > 'reward_unseen ' AND n.subject < 'reward_unseen!')`.mapWith(Number),
      })
      .from(
        sql`(SELECT k.account_id, k.dated_at, ${seenAtSql(sql`k.account_id`)} AS seen_at FROM lots AS k INDEXED BY lots_dated
            WHERE k.remaining_minor > 0 AND k.dated_at BETWEEN ${until - EARNED_DAYS * DAY_MS} AND ${until} AND k.dated_at > ${seenAtSql(sql`k.account_id`)}
              AND NOT EXISTS (SELECT 1 FROM lots AS m WHERE m.account_id = k.account_id AND m.remaining_minor > 0
                AND m.dated_at <= ${until} AND (m.dated_at, m.seq) > (k.dated_at, k.seq))
            ORDER BY k.dated_at DESC LIMIT ${ROWS_MAX + 1}) AS u
          CROSS JOIN accounts AS a ON a.id = u.account_id LEFT JOIN customers AS c ON c.id = coalesce(a.owner_id,
            (SELECT w.customer_id FROM memberships AS w WHERE w.account_id = a.id AND w.until IS NULL ORDER BY w.since LIMIT 1))`,
      )
      .orderBy(sql`u.dated_at DESC, u.account_id`),
  );
  const isPrivate = mayReadPrivate(ctx.actor);
  return {
    items: rows.slice(0, ROWS_MAX).map((row) => (isPrivate ? row : { ...row, phone: null })),
    isCut: rows.length > ROWS_MAX,
    currency: business.currency,
    days,
  };
}
