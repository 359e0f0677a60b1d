import { eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { contactEntries, contacts, contactTasks } from '../../../db/schema/index.ts';

export const findContactRow = queryOne((db) =>
  db
    .select()
    .from(contacts)
    .where(eq(contacts.id, sql.placeholder('id'))),
);
export type ContactRow = NonNullable<Awaited<ReturnType<typeof findContactRow>>>;

export const findContactByKey = queryOne((db) =>
  db
    .select()
    .from(contacts)
    .where(eq(contacts.key, sql.placeholder('key'))),
);

export const findContactByReference = queryOne((db) =>
  db
    .select()
    .from(contacts)
    .where(eq(contacts.reference, sql.placeholder('reference'))),
);

/** An account or department by its id, of one that is still there. */
export const findAccount = queryOne((db) =>
  db
    .select({ accountId: sql<string>`a.id`, rootId: sql<string>`a.root_id` })
    .from(sql`accounts AS a`)
    .where(sql`a.id = ${sql.placeholder('id')} AND a.withdrawn_at IS NULL`),
);

/** Somebody who works here, by id or email. */
export const findColleague = queryOne((db) =>
  db
    .select({ id: sql<string>`id` })
    .from(sql`staff`)
    .where(
      sql`disabled_at IS NULL AND (id = ${sql.placeholder('who')} OR email = ${sql.placeholder('who')})`,
    ),
);

/** As `sameSide` says, of a contact `k` and who is named by placeholders. */
const isOfSide = sql`(k.customer_id = ${sql.placeholder('customerId')}
  OR ((k.customer_id IS NULL OR ${sql.placeholder('customerId')} IS NULL)
    AND (k.number = ${sql.placeholder('number')} OR k.address = ${sql.placeholder('address')})))`;

/** The contact that answered a waiting one, told of before it was known that somebody waits. */
export const findAnswer = queryOne((db) =>
  db
    .select({ id: sql<string>`k.id` })
    .from(sql`contacts AS k`)
    .where(
      sql`k.id <> ${sql.placeholder('id')} AND k.at >= ${sql.placeholder('at')} AND k.withdrawn_at IS NULL AND k.is_missed = 0
        AND (k.direction = 'out' OR k.wants_answer = 0) AND ${isOfSide}`,
    )
    .limit(1),
);

/**
 * The open task about somebody whom nobody has called back or answered; one is enough. What waits for whoever has a number is none
 * of a customer's own: who is known has a task that says so.
 */
export const findWaitingTask = queryOne((db) =>
  db
    .select({ id: sql<string>`t.id` })
    .from(sql`contact_tasks AS t JOIN contacts AS k ON k.id = t.contact_id`)
    .where(sql`t.ended_at IS NULL AND t.kind = ${sql.placeholder('kind')} AND ${isOfSide}
        AND (k.customer_id IS NOT NULL OR ${sql.placeholder('customerId')} IS NULL)`)
    .limit(1),
);

/** What was written down of a contact, the newest first, and by whom. */
export const listEntries = query((db) =>
  db
    .select({
      seq: contactEntries.seq,
      kind: contactEntries.kind,
      content: contactEntries.content,
      at: contactEntries.at,
      by: sql<
        string | null
      >`(SELECT coalesce(s.name, s.email) FROM staff AS s WHERE 'staff:' || s.id = contact_entries.actor
        UNION ALL SELECT k.name FROM api_keys AS k WHERE 'key:' || k.id = contact_entries.actor LIMIT 1)`.mapWith(
        String,
      ),
    })
    .from(contactEntries)
    .where(eq(contactEntries.contactId, sql.placeholder('contactId')))
    .orderBy(sql`${contactEntries.seq} DESC`),
);

export const findTaskRow = queryOne((db) =>
  db
    .select()
    .from(contactTasks)
    .where(eq(contactTasks.id, sql.placeholder('id'))),
);
export type TaskRow = NonNullable<Awaited<ReturnType<typeof findTaskRow>>>;

/** An open task of a plan about a root account, or about nobody alone. */
export const findOpenOfPlan = queryOne((db) =>
  db
    .select({ id: contactTasks.id })
    .from(contactTasks)
    .where(
      sql`${contactTasks.planId} = ${sql.placeholder('planId')} AND ${contactTasks.rootId} IS ${sql.placeholder('rootId')}
        AND ${contactTasks.endedAt} IS NULL`,
    )
    .limit(1),
);
