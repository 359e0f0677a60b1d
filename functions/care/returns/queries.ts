import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import {
  returnEvents,
  returnedQuantities,
  returnFiles,
  returnLines,
  returns,
} from '../../../db/schema/index.ts';

export const findReturnByReference = queryOne((db) =>
  db
    .select()
    .from(returns)
    .where(eq(returns.reference, sql.placeholder('reference'))),
);
export type ReturnRow = NonNullable<Awaited<ReturnType<typeof findReturnByReference>>>;

export const findReturnById = queryOne((db) =>
  db
    .select()
    .from(returns)
    .where(eq(returns.id, sql.placeholder('id'))),
);

export const findReturnByKey = queryOne((db) =>
  db
    .select()
    .from(returns)
    .where(eq(returns.key, sql.placeholder('key'))),
);

/** Of an order, newest first. */
export const listReturnsOfOrder = query((db) =>
  db
    .select()
    .from(returns)
    .where(eq(returns.orderId, sql.placeholder('orderId')))
    .orderBy(desc(returns.at), desc(returns.id)),
);

export const listReturnLines = query((db) =>
  db
    .select()
    .from(returnLines)
    .where(sql`${returnLines.returnId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);
export type ReturnLineRow = Awaited<ReturnType<typeof listReturnLines>>[number];

export const listReturnEvents = query((db) =>
  db
    .select({
      seq: returnEvents.seq,
      kind: returnEvents.kind,
      note: returnEvents.note,
      at: returnEvents.at,
      actor: returnEvents.actor,
      by: sql<
        string | null
      >`(SELECT coalesce(name, email) FROM staff WHERE ${returnEvents.actor} = 'staff:' || staff.id)`,
    })
    .from(returnEvents)
    .where(eq(returnEvents.returnId, sql.placeholder('id')))
    .orderBy(asc(returnEvents.seq)),
);

export const listReturnFiles = query((db) =>
  db
    .select()
    .from(returnFiles)
    .where(eq(returnFiles.returnId, sql.placeholder('id')))
    .orderBy(asc(returnFiles.id)),
);
export type ReturnFileRow = Awaited<ReturnType<typeof listReturnFiles>>[number];

export const findReturnFile = queryOne((db) =>
  db
    .select({
      returnId: returnFiles.returnId,
      kind: returnFiles.kind,
      name: returnFiles.name,
      mediaType: returnFiles.mediaType,
      storedAs: returnFiles.storedAs,
    })
    .from(returnFiles)
    .where(eq(returnFiles.id, sql.placeholder('id'))),
);

/** What of an order's lines is in returns that stand. */
export const listTaken = query((db) =>
  db
    .select({ lineId: returnedQuantities.lineId, takenMilli: returnedQuantities.takenMilli })
    .from(returnedQuantities)
    .where(eq(returnedQuantities.orderId, sql.placeholder('orderId'))),
);

const listed = {
  id: returns.id,
  reference: returns.reference,
  source: returns.source,
  number: returns.number,
  rootId: returns.rootId,
  customerId: returns.customerId,
  wish: returns.wish,
  state: returns.state,
  stateAt: returns.stateAt,
  outcome: returns.outcome,
  currency: returns.currency,
  worthMinor:
    sql<bigint>`(SELECT coalesce(sum(worth_minor), 0) FROM return_lines WHERE return_id = ${returns.id})`.mapWith(
      returns.worthMinor,
    ),
  at: returns.at,
  name: sql<string | null>`(SELECT coalesce(name, email) FROM customers WHERE id = ${returns.customerId})`,
};

/** Those that wait for the business or the customer, oldest first, behind a place. */
export const listOpenReturns = query((db) =>
  db
    .select(listed)
    .from(returns)
    .where(
      and(
        sql`${returns.state} IN ('requested', 'approved', 'received')`,
        sql`(${returns.at}, ${returns.id}) > (${sql.placeholder('at')}, ${sql.placeholder('id')})`,
      ),
    )
    .orderBy(asc(returns.at), asc(returns.id))
    .limit(sql.placeholder('limit')),
);
export type ListedReturnRow = Awaited<ReturnType<typeof listOpenReturns>>[number];

/** All, newest first, before a place. */
export const listAllReturns = query((db) =>
  db
    .select(listed)
    .from(returns)
    .where(sql`(${returns.at}, ${returns.id}) < (${sql.placeholder('at')}, ${sql.placeholder('id')})`)
    .orderBy(desc(returns.at), desc(returns.id))
    .limit(sql.placeholder('limit')),
);

/** How many returns some root accounts asked for since a moment and did not take back; `ids` is a JSON array. */
export const countSince = query((db) =>
  db
    .select({ rootId: returns.rootId, count: sql<number>`count(*)`.mapWith(Number) })
    .from(returns)
    .where(
      sql`${returns.rootId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))
        AND ${returns.at} >= ${sql.placeholder('since')} AND ${returns.state} <> 'withdrawn'`,
    )
    .groupBy(returns.rootId),
);

/** What was booked as credit for some root accounts. */
export const listCredited = query((db) =>
  db
    .select({ id: returns.id, rootId: returns.creditRootId, creditMinor: returns.creditMinor })
    .from(returns)
    .where(sql`${returns.creditRootId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);
