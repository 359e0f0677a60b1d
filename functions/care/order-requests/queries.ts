import { asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { orderRequestAnswers, orderRequestLines, orderRequests } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';

const columns = {
  id: orderRequests.id,
  reference: orderRequests.reference,
  kind: orderRequests.kind,
  customerId: orderRequests.customerId,
  accountId: orderRequests.accountId,
  rootId: orderRequests.rootId,
  orderSource: orderRequests.orderSource,
  orderNumber: orderRequests.orderNumber,
  ownReference: orderRequests.ownReference,
  wishedOn: orderRequests.wishedOn,
  note: orderRequests.note,
  currency: orderRequests.currency,
  at: orderRequests.at,
  customerName: sql<string | null>`(SELECT name FROM customers WHERE id = ${orderRequests.customerId})`,
  customerEmail: sql<string | null>`(SELECT email FROM customers WHERE id = ${orderRequests.customerId})`,
  /** Of a company or household; null for the customer's own. */
  accountName: sql<
    string | null
  >`(SELECT name FROM accounts WHERE id = ${orderRequests.rootId} AND kind = 'shared')`,
  department: sql<
    string | null
  >`(SELECT name FROM accounts WHERE id = ${orderRequests.accountId} AND kind = 'department')`,
  outcome: orderRequestAnswers.outcome,
  answeredAt: orderRequestAnswers.at,
  answeredBy: sql<
    string | null
  >`coalesce((SELECT email FROM staff WHERE ${orderRequestAnswers.actor} = 'staff:' || staff.id),
    ${orderRequestAnswers.actor})`,
  answerSource: orderRequestAnswers.orderSource,
  answerNumber: orderRequestAnswers.orderNumber,
  answerText: orderRequestAnswers.text,
};

const found = (isMeant: SQL) =>
  queryOne((db) =>
    db
      .select(columns)
      .from(orderRequests)
      .leftJoin(orderRequestAnswers, eq(orderRequestAnswers.requestId, orderRequests.id))
      .where(isMeant),
  );

export const findById = found(eq(orderRequests.id, sql.placeholder('id')));
export const findByReference = found(eq(orderRequests.reference, sql.placeholder('reference')));
export const findByKey = found(eq(orderRequests.key, sql.placeholder('key')));
export type RequestRow = NonNullable<Awaited<ReturnType<typeof findById>>>;

const listed = (isMeant: SQL, order: SQL) =>
  query((db) =>
    db
      .select(columns)
      .from(orderRequests)
      .leftJoin(orderRequestAnswers, eq(orderRequestAnswers.requestId, orderRequests.id))
      .where(isMeant)
      .orderBy(order)
      .limit(sql.placeholder('limit')),
  );

/** Those that nobody answered, the oldest first, behind an id. */
export const listWaiting = listed(
  sql`${orderRequestAnswers.requestId} IS NULL AND ${orderRequests.id} > ${sql.placeholder('place')}`,
  asc(orderRequests.id),
);

/** Those that are decided, the newest first, before an id. */
export const listDecided = listed(
  sql`${orderRequestAnswers.requestId} IS NOT NULL AND ${orderRequests.id} < ${sql.placeholder('place')}`,
  desc(orderRequests.id),
);

/** What some places show, a JSON array of root, departments or null, and whose alone or null; the newest first, before an id. */
export const listOfPlaces = listed(
  sql`${orderRequests.rootId} IN (SELECT value ->> 0 FROM json_each(${sql.placeholder('places')}))
    AND EXISTS (SELECT 1 FROM json_each(${sql.placeholder('places')}) AS p WHERE p.value ->> 0 = ${orderRequests.rootId}
      AND (p.value ->> 1 IS NULL OR ${orderRequests.accountId} IN (SELECT value FROM json_each(p.value ->> 1)))
      AND (p.value ->> 2 IS NULL OR p.value ->> 2 = ${orderRequests.customerId}))
    AND ${orderRequests.id} < ${sql.placeholder('place')}`,
  desc(orderRequests.id),
);

/** What was asked about an order, or answered with it; the newest first. */
export const listOfOrder = listed(
  sql`${orderRequests.id} IN (
    SELECT id FROM order_requests WHERE order_source = ${sql.placeholder('source')} AND order_number = ${sql.placeholder('number')}
    UNION SELECT request_id FROM order_request_answers WHERE order_source = ${sql.placeholder('source')}
      AND order_number = ${sql.placeholder('number')})`,
  desc(orderRequests.id),
);

/** The request to cancel an order that waits. */
export const findOpenCancellation = found(
  sql`${orderRequests.orderSource} = ${sql.placeholder('source')} AND ${orderRequests.orderNumber} = ${sql.placeholder('number')}
    AND ${orderRequests.kind} = 'cancel' AND ${orderRequestAnswers.requestId} IS NULL`,
);

const findNamesOf = queryOne((db) =>
  db
    .select({
      customerName: sql<
        string | null
      >`(SELECT name FROM customers WHERE id = ${sql.placeholder('customerId')})`,
      customerEmail: sql<
        string | null
      >`(SELECT email FROM customers WHERE id = ${sql.placeholder('customerId')})`,
      accountName: sql<
        string | null
      >`(SELECT name FROM accounts WHERE id = ${sql.placeholder('rootId')} AND kind = 'shared')`,
      department: sql<
        string | null
      >`(SELECT name FROM accounts WHERE id = ${sql.placeholder('accountId')} AND kind = 'department')`,
    })
    .from(sql`(SELECT 1)`),
);

/** What the customer and the account of a request are called. */
export async function findNames(
  db: Pick<Store, 'read'>,
  of: { customerId: string; rootId: string; accountId: string },
): Promise<Pick<RequestRow, 'customerName' | 'customerEmail' | 'accountName' | 'department'>> {
  const found = await findNamesOf(db, of);
  return found ?? { customerName: null, customerEmail: null, accountName: null, department: null };
}

/** Of some requests, a JSON array of ids. */
export const listLines = query((db) =>
  db
    .select()
    .from(orderRequestLines)
    .where(sql`${orderRequestLines.requestId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .orderBy(asc(orderRequestLines.requestId), asc(orderRequestLines.position)),
);
export type RequestLineRow = Awaited<ReturnType<typeof listLines>>[number];
