import { getTableColumns, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { countedSpend } from '../../../db/schema/index.ts';
import { listed } from './queries.ts';

/** The counted rows of whole root accounts. `ids` is a JSON array. */
export const listCountedOfRoots = query((db) =>
  db
    .select()
    .from(countedSpend)
    .where(sql`${countedSpend.rootId} IN ${listed('ids')}`),
);

/**
 * The counted rows of some orders. `keys` is a JSON array of `[rootId, placedAt, number, source]`. A join, since SQLite
 * searches a row-value IN by its first column only, which would read all rows of the account.
 */
export const listCounted = query((db) =>
  db
    .select(getTableColumns(countedSpend))
    .from(sql`json_each(${sql.placeholder('keys')}) AS wanted`)
    .crossJoin(countedSpend)
    .where(
      sql`${countedSpend.rootId} = wanted.value ->> 0 AND ${countedSpend.placedAt} = wanted.value ->> 1
        AND ${countedSpend.number} = wanted.value ->> 2 AND ${countedSpend.source} = wanted.value ->> 3`,
    ),
);
