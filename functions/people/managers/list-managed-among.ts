import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';

/** Those of some root accounts that somebody who works here looks after; `ids` is a JSON array. */
export const listManagedAmong = query((db) =>
  db.select({ accountId: sql<string>`wanted.value` }).from(
    sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN account_managers AS h ON h.account_id = wanted.value AND h.ended_at IS NULL
        CROSS JOIN staff AS s ON s.id = h.staff_id AND s.disabled_at IS NULL`,
  ),
);
