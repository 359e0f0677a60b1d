import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { addDays, startOfDay } from '../../../ground/platform/business-time.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { awaited } from '../../../money/orders/late.ts';
import { isReachable, isUntold } from '../candidate-sql.ts';
import { lateParcel, lateParcelDays } from '../moments.ts';
import { LATE_DAYS, laterDay, type MomentWork, STEP } from '../run.ts';
import { tellFree } from '../tell-free.ts';

/** An order that is older than this is another matter than a late parcel. */
const ORDERED_DAYS = 180;

/** Tells whoever ordered that the promised day is over and their goods are not there, unless they wrote about it first; once for each promise. */
export const lateParcelWork: MomentWork = {
  moment: lateParcel,
  work: (ctx, { business, today, sinceDay, place }) => {
    const { timeZone } = business;
    const days = policyOf(business, lateParcelDays);
    const until = addDays(today, -days);
    const from = laterDay(addDays(until, -LATE_DAYS), addDays(sinceDay, -days));
    const placedFrom = startOfDay(addDays(today, -ORDERED_DAYS), timeZone);
    return tellFree(ctx, {
      topic: 'service',
      place,
      list: (after) => listLate(ctx.db.fresh, { from, until, placedFrom, after }),
      letterTo: ({ customerId, rootId, source, number, promisedBy }) => ({
        template: 'late_parcel',
        params: { source, number, promisedBy, rootId },
        customerId,
      }),
    });
  },
};

export interface LateAsked {
  /** The promised days, both included. */
  from: string;
  until: string;
  placedFrom: number;
  /** Customers behind this one. */
  after: string;
}

/**
 * Orders on their way whose promised day was one of some days, in the order of who ordered: none of which its customer was told that it
 * is delayed, waits for them or could not be brought, and none they wrote about.
 */
export function listLate(db: Store, { from, until, placedFrom, after }: LateAsked) {
  const subject = sql`'late_parcel ' || o.id || ' ' || o.promised_by`;
  return ask(db, (query) =>
    query
      .select({
        reader: sql<string>`c.id`,
        customerId: sql<string>`c.id`,
        subject: sql<string>`${subject}`,
        rootId: sql<string>`o.root_id`,
        source: sql<string>`o.source`,
        number: sql<string>`o.number`,
        promisedBy: sql<string>`o.promised_by`,
      })
      .from(
        sql`(SELECT * FROM orders INDEXED BY orders_awaited WHERE ${sql.raw(awaited)} AND placed_at >= ${placedFrom}
          AND promised_by BETWEEN ${from} AND ${until}) AS o CROSS JOIN customers AS c ON c.id = o.customer_id`,
      )
      .where(
        sql`o.customer_id > ${after} AND o.is_held = 0
          AND o.status IN ('placed', 'confirmed', 'packed', 'shipped', 'out_for_delivery') AND ${isReachable}
          AND NOT EXISTS (SELECT 1 FROM feedback AS f WHERE f.order_source = o.source AND f.order_number = o.number)
          AND ${isUntold(subject, sql`c.id`)}`,
      )
      .orderBy(sql`c.id, o.id`)
      .limit(STEP),
  );
}
