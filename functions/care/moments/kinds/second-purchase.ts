import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { addDays } from '../../../ground/platform/calendar.ts';
import { groupSql } from '../../../insight/facts/find-groups.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { candidateColumns, isReachable, isRested, isUntold } from '../candidate-sql.ts';
import { secondPurchase, secondPurchaseDays } from '../moments.ts';
import { LATE_DAYS, laterDay, type MomentWork, STEP } from '../run.ts';
import { tellFree } from '../tell-free.ts';

/** Invites who bought on one day alone to come back; each account once, and nobody who wants no offers. */
export const secondPurchaseWork: MomentWork = {
  moment: secondPurchase,
  work: (ctx, { business, today, sinceDay, place }) => {
    const days = policyOf(business, secondPurchaseDays);
    const until = addDays(today, -days);
    const from = laterDay(addDays(until, -LATE_DAYS), addDays(sinceDay, -days));
    const { currency } = business;
    return tellFree(ctx, {
      topic: 'news',
      place,
      list: (after) => listOnce(ctx.db.fresh, { from, until, after, today, currency }),
      letterTo: ({ customerId, rootId, product, firstOn }) => ({
        template: 'second_purchase',
        params: { product, firstOn, rootId },
        customerId,
      }),
    });
  },
};

export interface OnceAsked {
  /** The business days of the first purchase, both included. */
  from: string;
  until: string;
  /** Customers behind this one. */
  after: string;
  today: string;
  currency: string | null;
}

/** Whose own account bought on one day alone, on one of some days; in the order of ids. */
export function listOnce(db: Store, { from, until, after, today, currency }: OnceAsked) {
  const standing = groupSql({ currency, today });
  const subject = sql`'second_purchase ' || a.id`;
  return ask(db, (query) =>
    query
      .select({
        ...candidateColumns(subject, standing),
        firstOn: sql<string>`x.first_on`,
      })
      .from(
        sql`account_facts AS x INDEXED BY account_facts_first CROSS JOIN accounts AS a ON a.id = x.account_id AND a.owner_id > ${after}
          AND a.withdrawn_at IS NULL CROSS JOIN customers AS c ON c.id = a.owner_id ${standing.from}`,
      )
      .where(
        sql`x.first_on BETWEEN ${from} AND ${until} AND x.purchase_days = 1 AND ${isReachable}
          AND ${isUntold(subject, sql`c.id`)} AND ${isRested('second_purchase', { reader: sql`c.id`, since: 0 })}`,
      )
      .orderBy(sql`c.id`)
      .limit(STEP),
  );
}
