import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { orders } from '../../../db/schema/index.ts';
import { followChanges, stopFollowing } from '../../ground/feed/follow-changes.ts';
import type { Change, Follower } from '../../ground/feed/follower.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listSetAt } from '../../money/business/list-set-at.ts';
import { policyOf } from '../../money/business/policies.ts';
import { issueDue } from './issue-invoice.ts';
import { invoiceWhen, sellerOf } from './policies.ts';

/** Whatever changes what an order is to be paid for, or by whom. */
const orderKinds = [
  'order_created',
  'order_completed',
  'order_given',
  'order_refunded',
  'order_event',
  'order_event_withdrawn',
  'order_moved_in',
];
export const papersFollower: Follower = {
  name: 'papers',
  start: 'end',
  kinds: [...orderKinds, 'orders_imported'],
};

/**
 * Issues what is due of orders with which something happened: credit notes of invoices that stand, and invoices, where the business
 * has orders invoiced by themselves, of orders placed since it said so. Each order is decided on by itself, so that what was issued
 * before an end in the middle is not issued again.
 * @returns how many papers were issued
 */
export async function followOrders(ctx: Context): Promise<number> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  if (sellerOf(business) === null) {
    await stopFollowing(ctx, papersFollower);
    return 0;
  }
  const when = policyOf(business, invoiceWhen);
  const [set] = await listSetAt(ctx.db.fresh, { keys: JSON.stringify([invoiceWhen.key]) });
  let issued = 0;
  await followChanges(ctx, papersFollower, async (changes) => {
    const found = await listDue(ctx.db.fresh, {
      ...placesOf(changes),
      ...{ when, since: set?.setAt ?? ctx.now() },
    });
    for (const { isAsked, ...key } of found) issued += await issueDue(ctx, key, isAsked);
    return undefined;
  });
  return issued;
}

function placesOf(changes: readonly Change[]) {
  const isFile = ({ kind }: Change) => kind === 'orders_imported';
  return {
    changes: JSON.stringify(
      changes.filter((one) => !isFile(one)).map(({ accountId, seq }) => [accountId, seq]),
    ),
    roots: JSON.stringify([...new Set(changes.filter(isFile).map(({ accountId }) => accountId))]),
  };
}

const hasPapers = sql`EXISTS (SELECT 1 FROM papers INDEXED BY papers_cause WHERE order_id = ${orders.id})`;

/** What an order has to be to be invoiced by itself. */
const isAutomatic = sql<number>`(${sql.placeholder('when')} <> 'request' AND ${orders.placedAt} >= ${sql.placeholder('since')}
  AND ${orders.isCancelled} = 0 AND ${orders.isHeld} = 0
  AND (${sql.placeholder('when')} = 'placed' OR ${orders.deliveredAt} IS NOT NULL))`;

/**
 * Orders of some changes, `changes` a JSON array of account and seq, and of some root accounts, that have papers or are to be
 * invoiced by themselves; in the sequence in which they were recorded.
 */
const listDue = query((db) =>
  db
    .select({
      source: orders.source,
      number: orders.number,
      isAsked: sql<boolean>`${isAutomatic}`.mapWith((value) => Number(value) === 1),
    })
    .from(orders)
    .where(
      sql`${orders.id} IN (
          SELECT h.order_id FROM json_each(${sql.placeholder('changes')}) AS c
            JOIN history AS h ON h.account_id = c.value ->> 0 AND h.seq = c.value ->> 1
          UNION SELECT o.id FROM json_each(${sql.placeholder('roots')}) AS r JOIN orders AS o ON o.root_id = r.value)
        AND (${isAutomatic} OR ${hasPapers})`,
    )
    .orderBy(orders.id),
);
