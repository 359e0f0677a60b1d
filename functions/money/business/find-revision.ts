import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { programmes, settings } from '../../../db/schema/index.ts';

/** The programme in force, which every history row names; 0 while there is none. */
export const findRevision = query((db) =>
  db
    .select({ revision: sql<number>`coalesce(max(${programmes.revision}), 0)`.mapWith(Number) })
    .from(programmes),
);

/** The business's time zone, once it is set. */
export const findTimeZone = query((db) =>
  db.select({ value: settings.value }).from(settings).where(eq(settings.key, 'timeZone')),
);
