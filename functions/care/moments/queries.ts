import { sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';

/** What became of the mails of some moments that were written since; `names` is a JSON array. */
export const countMails = query((db) =>
  db
    .select({
      moment: sql<string>`o.moment`,
      written: sql<number>`count(*)`.mapWith(Number),
      sent: sql<number>`sum(o.sent_at IS NOT NULL)`.mapWith(Number),
      withheld: sql<number>`sum(o.withheld_at IS NOT NULL)`.mapWith(Number),
      failed: sql<number>`sum(o.failed_at IS NOT NULL AND o.withheld_at IS NULL)`.mapWith(Number),
    })
    .from(
      sql`json_each(${sql.placeholder('names')}) AS j CROSS JOIN outbox AS o INDEXED BY outbox_moment
        ON o.moment = j.value AND o.created_at > ${sql.placeholder('since')}`,
    )
    .groupBy(sql`o.moment`),
);

/** What became of the tasks that some moments gave since. */
export const countTasks = query((db) =>
  db
    .select({
      moment: sql<string>`t.moment`,
      given: sql<number>`count(*)`.mapWith(Number),
      done: sql<number>`sum(t.outcome IS 'done')`.mapWith(Number),
    })
    .from(
      sql`json_each(${sql.placeholder('names')}) AS j CROSS JOIN contact_tasks AS t INDEXED BY contact_tasks_moment
        ON t.moment = j.value AND t.at > ${sql.placeholder('since')}`,
    )
    .groupBy(sql`t.moment`),
);

/** What was given as thanks since; of another currency than today's there is none, since money was given by then. */
export const sumThanks = queryOne((db) =>
  db
    .select({ givenMinor: sql<bigint>`coalesce(sum(t.gift_minor), 0)`.mapWith(BigInt) })
    .from(sql`social_thanks AS t INDEXED BY social_thanks_at`)
    .where(sql`t.at > ${sql.placeholder('since')}`),
);

const ROWS_MAX = 50;

/** The newest mails of a moment. */
export const listMails = query((db) =>
  db
    .select({
      id: sql<string>`o.id`,
      customerId: sql<string | null>`o.customer_id`,
      customerName: sql<string | null>`coalesce(c.name, c.email)`,
      at: sql<number>`o.created_at`.mapWith(Number),
      state: sql<'sent' | 'withheld' | 'failed' | 'waiting'>`CASE WHEN o.sent_at IS NOT NULL THEN 'sent'
        WHEN o.withheld_at IS NOT NULL THEN 'withheld' WHEN o.failed_at IS NOT NULL THEN 'failed' ELSE 'waiting' END`,
      reason: sql<string | null>`CASE WHEN o.withheld_at IS NOT NULL THEN o.failure END`,
    })
    .from(sql`outbox AS o INDEXED BY outbox_moment LEFT JOIN customers AS c ON c.id = o.customer_id`)
    .where(sql`o.moment = ${sql.placeholder('name')}`)
    .orderBy(sql`o.created_at DESC, o.id DESC`)
    .limit(ROWS_MAX),
);
