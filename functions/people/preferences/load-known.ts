import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Channel, Topic } from '../../ground/outbox/topics.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { weeklyLimit } from './policies.ts';
import { countOfSubject, countReached } from './unasked.ts';
import type { ReaderFacts } from './verdict.ts';

export const WEEK_MS = 7 * DAY_MS;
export const MONTH_MS = 30 * DAY_MS;

/** What is known of some customers about one topic and channel, by their ids, and which business day it is. */
export async function loadKnown(
  ctx: Context,
  customerIds: readonly string[],
  { topic, channel }: { topic: Topic; channel: Channel },
): Promise<{ known: ReadonlyMap<string, ReaderFacts>; today: string }> {
  const now = ctx.now();
  const customerId = sql`c.id`;
  const { unasked } = ctx.house;
  const since = (ms: number) => sql`${now - ms}`;
  const [business, rows] = await Promise.all([
    getBusiness(ctx),
    ask(ctx.db.fresh, (query) =>
      query
        .select({
          id: sql<string>`c.id`,
          hasLeft: sql`coalesce(c.closed_at, c.withdrawn_at) IS NOT NULL`.mapWith(readFlag),
          suppressed: sql<string>`coalesce((SELECT group_concat(s.reason) FROM suppressions AS s
            WHERE s.address = c.email AND s.lifted_at IS NULL), '')`,
          isOn: sql`p.is_on`.mapWith(readFlag),
          hasWish: sql`p.id IS NOT NULL`.mapWith(readFlag),
          wishPausedUntil: sql<string | null>`p.paused_until`,
          monthMax: sql<number | null>`p.month_max`.mapWith(Number),
          agreedToNews: sql`coalesce((SELECT n.is_given FROM consents AS n
            WHERE n.customer_id = c.id AND n.kind = 'news' ORDER BY n.id DESC LIMIT 1), 0)`.mapWith(readFlag),
          pausedUntil: sql<string | null>`g.paused_until`,
          offers: sql<boolean | null>`g.offers`.mapWith(readFlag),
          weekMax: sql<number | null>`g.week_max`.mapWith(Number),
          thisWeek: sql`${countReached(unasked, { customerId, since: since(WEEK_MS) })}`.mapWith(Number),
          thisMonth:
            sql`${countOfSubject(unasked, { topic, channel, customerId, since: since(MONTH_MS) })}`.mapWith(
              Number,
            ),
        })
        .from(
          sql`json_each(${JSON.stringify(customerIds)}) AS asked CROSS JOIN customers AS c ON c.id = asked.value
            LEFT JOIN preferences AS p ON p.id = (SELECT max(id) FROM preferences
              WHERE customer_id = c.id AND topic = ${topic} AND channel = ${channel})
            LEFT JOIN general_preferences AS g ON g.id = (SELECT max(id) FROM general_preferences
              WHERE customer_id = c.id)`,
        ),
    ),
  ]);
  const standard = policyOf(business, weeklyLimit);
  const known = rows.map(({ id, isOn, hasWish, wishPausedUntil, monthMax, suppressed, weekMax, ...row }) => {
    const wish = hasWish ? { isOn, monthMax, pausedUntil: wishPausedUntil } : null;
    const blocked = (['bounced', 'complained'] as const).filter((why) => suppressed.split(',').includes(why));
    return [id, { ...row, wish, suppressed: blocked, weekMax: weekMax ?? standard }] as const;
  });
  return { known: new Map(known), today: dayOf(now, business.timeZone) };
}
