import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';

/** Which of some emails, a JSON list in small letters, are of those who may have customers, or had a profile and have left. */
export const listManagerEmails = query((db) =>
  db
    .select({ email: sql<string>`s.email` })
    .from(sql`staff AS s`)
    .where(
      sql`s.email IN (SELECT value FROM json_each(${sql.placeholder('emails')}))
        AND ((s.disabled_at IS NULL AND s.role <> 'analyst') OR s.id IN (SELECT staff_id FROM staff_profiles))`,
    ),
);
