import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

const listOpen = query((db) =>
  db
    .selectDistinct({ customerId: sql<string>`f.customer_id` })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN feedback AS f ON f.customer_id = wanted.value
        CROSS JOIN cases AS k ON k.feedback_id = f.id`,
    )
    .where(
      sql`f.kind IN ('problem', 'complaint')
        AND (k.state NOT IN ('resolved', 'closed') OR k.changed_at >= ${sql.placeholder('since')})`,
    ),
);

/** Who of some customers has a complaint open now, or had at a moment since `since`. */
export async function listComplaining(
  db: Pick<Store, 'read'>,
  { customerIds, since }: { customerIds: readonly string[]; since: number },
): Promise<ReadonlySet<string>> {
  const rows = await listOpen(db, { ids: JSON.stringify(customerIds), since });
  return new Set(rows.map(({ customerId }) => customerId));
}
