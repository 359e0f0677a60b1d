import type { Store } from '../../../db/store.ts';
import { assert } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { brokenRule } from './broken-rule.ts';
import { type Staging, stagedValue } from './staging.ts';

/**
 * Rows of one key, rows that name others which are not there, and rows that tell of more or fewer than there are.
 * @throws {AppError} `validation_failed` with the first of them
 */
export async function checkStaged(db: Store, staging: Staging, tables: readonly TableFile[]): Promise<void> {
  for (const table of tables) {
    if (!staging.counts.has(table.name)) continue;
    await staging.stay();
    await refuse(db, { column: table.key.join(', '), rule: 'stands twice' }, repeated(staging, table));
    for (const { table: name, column } of table.parents) {
      if (column === null) continue;
      const rule = `names a row of ${name} that is not in the archive`;
      await refuse(db, { column, rule }, orphans(staging, { table, column, parent: name }));
    }
    for (const [column, { table: other, by }] of Object.entries(table.options.repeats ?? {})) {
      const counted = tables.find(({ name }) => name === other);
      assert(counted !== undefined, `${other} is a table of the house`);
      const rule = `is not the number of its rows of ${other}: the archive is torn, it was written while something was recorded`;
      await refuse(db, { column, rule }, miscounted(staging, { table, column, counted, by }));
    }
  }
}

async function refuse(db: Store, broken: { column: string; rule: string }, sql: string): Promise<void> {
  const [row] = await db.fresh.read({ sql, args: [] });
  if (row !== undefined) throw brokenRule({ file: String(row[0]), line: Number(row[1]), ...broken });
}

/** The plus keeps the planner from going by place, which would look at every row before each. */
function repeated({ table: staged }: Staging, { name }: TableFile): string {
  return `SELECT part, line FROM ${staged} AS one WHERE file = '${name}' AND EXISTS (SELECT 1 FROM ${staged} AS other
    WHERE other.file = one.file AND other.key = one.key AND +other.place < one.place) ORDER BY place LIMIT 1`;
}

function orphans(
  { table: staged }: Staging,
  { table, column, parent }: { table: TableFile; column: string; parent: string },
): string {
  const named = stagedValue(table, column, 'one.');
  return `SELECT part, line FROM ${staged} AS one WHERE file = '${table.name}' AND ${named} IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM ${staged} AS other WHERE other.file = '${parent}' AND other.key = ${named})
    ORDER BY place LIMIT 1`;
}

/** The rows of the other table are counted once, not for each row. */
function miscounted(
  { table: staged }: Staging,
  { table, column, counted, by }: { table: TableFile; column: string; counted: TableFile; by: string },
): string {
  return `WITH counts AS MATERIALIZED (SELECT ${stagedValue(counted, by)} AS of, count(*) AS number FROM ${staged}
      WHERE file = '${counted.name}' GROUP BY 1)
    SELECT part, line FROM ${staged} AS one LEFT JOIN counts ON counts.of = one.key
    WHERE file = '${table.name}' AND ${stagedValue(table, column, 'one.')} <> coalesce(counts.number, 0) ORDER BY place LIMIT 1`;
}
