import { inArray, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { settings } from '../../../db/schema/index.ts';

/** When some settings were last given another value; those that nobody ever set are left out. `keys` is a JSON array. */
export const listSetAt = query((db) =>
  db
    .select({ key: settings.key, setAt: settings.setAt })
    .from(settings)
    .where(inArray(settings.key, sql`(SELECT value FROM json_each(${sql.placeholder('keys')}))`)),
);
