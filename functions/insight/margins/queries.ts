import { asc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { margins } from '../../../db/schema/index.ts';

const columns = { kind: margins.kind, name: margins.name, bps: margins.bps };

/** By kind and name, behind a place; of one kind, or of all where that is empty. */
export const listBehind = query((db) =>
  db
    .select(columns)
    .from(margins)
    .where(
      sql`(${sql.placeholder('kind')} = '' OR ${margins.kind} = ${sql.placeholder('kind')})
        AND (${margins.kind}, ${margins.name}) > (${sql.placeholder('afterKind')}, ${sql.placeholder('afterName')})`,
    )
    .orderBy(asc(margins.kind), asc(margins.name))
    .limit(sql.placeholder('limit')),
);

/** Those of categories and of all the rest: few. */
export const listWide = query((db) =>
  db.select(columns).from(margins).where(sql`${margins.kind} <> 'product'`).orderBy(asc(margins.name)),
);

/** Some by their kind and name, a JSON array of pairs. */
export const listNamed = query((db) =>
  db
    .select(columns)
    .from(margins)
    .where(
      sql`(${margins.kind}, ${margins.name}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${sql.placeholder('names')}))`,
    ),
);

/** How many there are of a kind. */
export const countOfKind = queryOne((db) =>
  db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(margins)
    .where(eq(margins.kind, sql.placeholder('kind'))),
);
