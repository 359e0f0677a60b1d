import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { orders } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { standsMerged } from '../accounts/survivors.ts';
import { orderKey } from './load-orders.ts';
import type { OrderDraft } from './order.ts';

const told = (place: number) => sql`told.value ->> ${sql.raw(String(place))}`;

/**
 * By whom else a source may know an order: whose it was before it was moved, whom they were merged into since, and who was
 * merged into its owner when it was recorded.
 */
const formerPeople = `(WITH RECURSIVE who (id, is_former) AS (SELECT orders.customer_id, 0
    UNION SELECT moved.from_customer_id, 1 FROM order_moves AS moved WHERE moved.order_id = orders.id
    UNION SELECT m.merged_id, 1 FROM customer_merges AS m JOIN who ON m.survivor_id = who.id
      WHERE m.at <= orders.recorded_at
    UNION SELECT m.survivor_id, is_former FROM customer_merges AS m JOIN who ON m.merged_id = who.id
      WHERE ${standsMerged})
  SELECT id FROM who WHERE is_former = 1)`;

/** Its customer was erased: whoever a source still names as theirs, it is nobody's any more. */
const isNobodys = `EXISTS (SELECT 1 FROM customers AS c WHERE c.id = orders.customer_id AND c.email IS NULL AND c.name IS NULL
  AND c.withdrawn_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customer_keys AS k WHERE k.customer_id = c.id))`;

const listHomes = query((db) =>
  db
    .select({
      source: orders.source,
      number: orders.number,
      customerId: orders.customerId,
      account: sql<string | null>`(SELECT name FROM accounts WHERE id = orders.root_id AND kind = 'shared')`,
      department: sql<
        string | null
      >`(SELECT name FROM accounts WHERE id = orders.account_id AND kind = 'department')`,
      isNobodys: sql<boolean>`${sql.raw(isNobodys)}`.mapWith(readFlag),
    })
    .from(sql`json_each(${sql.placeholder('drafts')}) AS told`)
    .crossJoin(orders)
    .where(
      sql`${eq(orders.source, told(0))} AND ${eq(orders.number, told(1))}
        AND (${sql.raw(isNobodys)} OR EXISTS (SELECT 1 FROM customers AS c WHERE c.id IN ${sql.raw(formerPeople)}
          AND (c.email = ${told(2)} OR c.id = (SELECT customer_id FROM former_emails WHERE email = ${told(2)})
            OR EXISTS (SELECT 1 FROM customer_keys AS k WHERE k.customer_id = c.id
              AND k.source = orders.source AND k.key = ${told(3)}))))`,
    ),
);

/** Whose an order is since staff moved it, or its customer was erased. */
export type MovedTo = Awaited<ReturnType<typeof listHomes>>[number];

/** By `orderKey`, where those orders are by now that staff moved away from whom some drafts name, or that are nobody's. */
export async function findMoved(
  db: Store,
  drafts: readonly OrderDraft[],
): Promise<ReadonlyMap<string, MovedTo>> {
  const named = drafts.flatMap(({ buyer, source, number }) => {
    if (buyer.kind !== 'email' && buyer.kind !== 'key') return [];
    return [[source, number, buyer.kind === 'email' ? buyer.email : null, buyer.key]];
  });
  if (named.length === 0) return new Map();
  const homes = await listHomes(db, { drafts: JSON.stringify(named) });
  return new Map(homes.map((home) => [orderKey(home), home]));
}

/** The draft told again as the order of whose it is. */
export function redirectTo(
  { customerId, account, department, isNobodys }: MovedTo,
  draft: OrderDraft,
): OrderDraft {
  const events = isNobodys ? draft.events.map((event) => ({ ...event, ...withoutTracking })) : draft.events;
  const buyer = { kind: 'customer', id: customerId } as const;
  return { ...draft, buyer, customerName: null, account, department, events };
}

const withoutTracking = { note: null, trackingNumber: null, trackingUrl: null };

/**
 * A draft of an order that staff moved, told by a source that still names whose it was: told again as the order of whose
 * it is. Null where nobody moved it away from them, and they were not erased.
 */
export async function redirectMoved(db: Store, draft: OrderDraft): Promise<OrderDraft | null> {
  const home = (await findMoved(db, [draft])).get(orderKey(draft));
  return home === undefined ? null : redirectTo(home, draft);
}
