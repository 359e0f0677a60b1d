import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';

/** What has not gone out for so many days holds nothing else back. */
const HELD_DAYS = 7;

const listWaiting = query((db) =>
  db
    .selectDistinct({ customerId: sql<string>`o.customer_id` })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN outbox AS o INDEXED BY outbox_customer
        ON o.customer_id = wanted.value AND o.created_at > ${sql.placeholder('since')}`,
    )
    .where(
      sql`o.sent_at IS NULL AND o.withheld_at IS NULL AND o.failed_at IS NULL
        AND o.template IN (SELECT value FROM json_each(${sql.placeholder('templates')}))`,
    ),
);

/**
 * Who of some customers a mail waits for that they did not ask for. It counts against their limits only once it goes out, so until
 * then nothing more is written to them: two at once could be one too many, and that one would be lost.
 */
export async function listAwaiting(
  ctx: Pick<Context, 'db' | 'house' | 'now'>,
  customerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const templates = [...ctx.house.letters].flatMap(([name, { isUnasked }]) => (isUnasked ? [name] : []));
  const rows = await listWaiting(ctx.db.fresh, {
    ids: JSON.stringify(customerIds),
    templates: JSON.stringify(templates),
    since: ctx.now() - HELD_DAYS * DAY_MS,
  });
  return new Set(rows.map(({ customerId }) => customerId));
}
