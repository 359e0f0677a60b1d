import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';

const columns = {
  id: sql<string>`e.id`,
  kind: sql<'gift' | 'entertainment' | 'event'>`e.kind`,
  customerId: sql<string>`e.customer_id`,
  customer: sql<string | null>`coalesce(c.name, c.email)`,
  giverId: sql<string>`e.giver_id`,
  giver: sql<string>`g.email`,
  purpose: sql<string>`e.purpose`,
  worthMinor: sql<bigint>`e.worth_minor`.mapWith(BigInt),
  currency: sql<string>`e.currency`,
  day: sql<string>`e.day`,
  eventId: sql<string | null>`e.event_id`,
  actLimitMinor: sql<bigint>`e.act_limit_minor`.mapWith(BigInt),
  yearLimitMinor: sql<bigint>`e.year_limit_minor`.mapWith(BigInt),
  yearBeforeMinor: sql<bigint>`e.year_before_minor`.mapWith(BigInt),
  needsApproval: sql<boolean>`e.needs_approval`.mapWith(readFlag),
  at: sql<number>`e.at`.mapWith(Number),
  actor: sql<string>`e.actor`,
  decision: sql<'approved' | 'refused' | null>`d.decision`,
  decisionReason: sql<string | null>`d.reason`,
  decidedAt: sql<number | null>`d.at`,
  decidedBy: sql<
    string | null
  >`coalesce((SELECT email FROM staff WHERE staff.id = d.decider_id OR d.actor = 'staff:' || staff.id), d.actor)`,
  isAlone: sql<boolean>`coalesce(d.is_alone, 0)`.mapWith(readFlag),
  withdrawnAt: sql<number | null>`w.at`,
  withdrawnBy: sql<
    string | null
  >`coalesce((SELECT email FROM staff WHERE w.actor = 'staff:' || staff.id), w.actor)`,
  withdrawnReason: sql<string | null>`w.reason`,
};

const entries = sql`hospitality_entries AS e LEFT JOIN customers AS c ON c.id = e.customer_id
  LEFT JOIN staff AS g ON g.id = e.giver_id LEFT JOIN hospitality_decisions AS d ON d.entry_id = e.id
  LEFT JOIN hospitality_withdrawals AS w ON w.entry_id = e.id`;

/** Of some days, the newest first, behind a place. */
export const listEntries = query((db) =>
  db
    .select(columns)
    .from(entries)
    .where(
      sql`e.day >= ${sql.placeholder('since')} AND e.day < ${sql.placeholder('until')}
        AND (e.day, e.id) < (${sql.placeholder('day')}, ${sql.placeholder('id')})`,
    )
    .orderBy(sql`e.day DESC, e.id DESC`)
    .limit(sql.placeholder('limit')),
);
export type HospitalityRow = Awaited<ReturnType<typeof listEntries>>[number];

export const listEntriesOf = query((db) =>
  db
    .select(columns)
    .from(entries)
    .where(sql`e.customer_id = ${sql.placeholder('customerId')}`)
    .orderBy(sql`e.day DESC, e.id DESC`)
    .limit(50),
);

export const listWaiting = query((db) =>
  db
    .select(columns)
    .from(entries)
    .where(sql`e.needs_approval = 1 AND d.entry_id IS NULL AND w.entry_id IS NULL`)
    .orderBy(sql`e.day, e.id`)
    .limit(200),
);

export const findEntry = query((db) =>
  db
    .select(columns)
    .from(entries)
    .where(sql`e.id = ${sql.placeholder('id')}`),
);

/** What a person had in the days of a year, with what waits, in a currency. */
export const sumOfYear = query((db) =>
  db
    .select({
      customerId: sql<string>`e.customer_id`,
      minor: sql<bigint>`coalesce(sum(e.worth_minor), 0)`.mapWith(BigInt),
    })
    .from(entries)
    .where(
      sql`e.customer_id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))
        AND e.day >= ${sql.placeholder('since')} AND e.day < ${sql.placeholder('until')} AND e.currency = ${sql.placeholder('currency')}
        AND w.entry_id IS NULL AND (d.decision IS NULL OR d.decision = 'approved')`,
    )
    .groupBy(sql`e.customer_id`),
);

/** A customer with the account of their own or the first they belong to. */
export const findReceiver = query((db) =>
  db
    .select({
      id: sql<string>`c.id`,
      name: sql<string | null>`coalesce(c.name, c.email)`,
      rootId: sql<
        string | null
      >`(SELECT a.root_id FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
        WHERE m.customer_id = c.id AND m.until IS NULL ORDER BY a.kind <> 'personal', a.id LIMIT 1)`,
    })
    .from(sql`customers AS c`)
    .where(sql`c.id = ${sql.placeholder('id')} AND c.withdrawn_at IS NULL`),
);

/** Who is in the register for some events; `ids` is a JSON array. */
export const listRecorded = query((db) =>
  db
    .select({ eventId: sql<string>`event_id`, customerId: sql<string>`customer_id` })
    .from(sql`hospitality_entries`)
    .where(sql`event_id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);
