import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { addDays, DAY_MS } from '../../../ground/platform/calendar.ts';
import { groupSql } from '../../../insight/facts/find-groups.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { candidateColumns, isReachable, isRested, isUntold } from '../candidate-sql.ts';
import { reorder, reorderDays } from '../moments.ts';
import { LATE_DAYS, laterDay, type MomentWork, STEP } from '../run.ts';
import { tellFree } from '../tell-free.ts';

/**
 * Tells those of whom the list of this morning says that they buy again soon, some days before they are expected to: once after each
 * purchase, and nobody who wants no offers.
 */
export const reorderWork: MomentWork = {
  moment: reorder,
  work: (ctx, { business, today, sinceDay, place }) => {
    const days = policyOf(business, reorderDays);
    const until = addDays(today, days);
    const from = laterDay(addDays(until, -LATE_DAYS), addDays(sinceDay, days));
    const { currency } = business;
    const restedSince = ctx.now() - LATE_DAYS * DAY_MS;
    return tellFree(ctx, {
      topic: 'news',
      place,
      list: (after) => listDue(ctx.db.fresh, { from, until, after, today, currency, restedSince }),
      letterTo: ({ customerId, rootId, product, lastOn }) => ({
        template: 'reorder_due',
        params: { product, lastOn, rootId },
        customerId,
      }),
    });
  },
};

export interface DueAsked {
  /** The business days on which they are expected to buy again, both included. */
  from: string;
  until: string;
  /** Customers behind this one. */
  after: string;
  today: string;
  currency: string | null;
  /** Who was told of any purchase since then is left alone: two who became one have two last purchases. */
  restedSince: number;
}

/** Whose own account is expected to buy again on one of some days; in the order of ids. */
export function listDue(db: Store, { from, until, after, today, currency, restedSince }: DueAsked) {
  const standing = groupSql({ currency, today });
  const subject = sql`'reorder ' || a.id || ' ' || x.last_on`;
  const expectedOn = sql`(SELECT min(coalesce(g.value ->> 'nextOn', date(s.said_on, '+' || (g.value ->> 'days') || ' days')))
    FROM json_each(s.reasons) AS g)`;
  return ask(db, (query) =>
    query
      .select({
        ...candidateColumns(subject, standing),
        lastOn: sql<string>`x.last_on`,
      })
      .from(
        sql`attention_sayings AS s INDEXED BY attention_sayings_listed CROSS JOIN accounts AS a ON a.id = s.root_id
          AND a.owner_id > ${after} AND a.withdrawn_at IS NULL CROSS JOIN customers AS c ON c.id = a.owner_id
          CROSS JOIN account_facts AS x ON x.account_id = a.id ${standing.from}`,
      )
      .where(
        sql`s.list = 'reorders_soon' AND s.left_on IS NULL AND s.outcome IS NULL AND s.department_id = ''
          AND ${expectedOn} BETWEEN ${from} AND ${until} AND x.last_on < ${today} AND ${isReachable}
          AND ${isUntold(subject, sql`c.id`)} AND ${isRested('reorder', { reader: sql`c.id`, since: restedSince })}`,
      )
      .orderBy(sql`c.id`)
      .limit(STEP),
  );
}
