import type { Store } from '../../../db/store.ts';
import { assert } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { type BrokenRule, brokenRule } from './broken-rule.ts';
import { type Staging, stagedValue } from './staging.ts';

/** A server gives a read five seconds; looking at so many rows takes it a fraction of one. Counts are looked at in one, see below. */
const ROWS_PER_LOOK = 20_000;

/**
 * Rows of one key, rows that name others which are not there, and rows that tell of more or fewer than there are. What was
 * looked through by a turn before is passed over.
 * @returns false when the turn was over before all were looked through
 * @throws {AppError} `validation_failed` with the first of them
 */
export async function checkStaged(
  db: Store,
  { staging, tables, isOver }: { staging: Staging; tables: readonly TableFile[]; isOver: () => boolean },
): Promise<boolean> {
  for (const table of tables) {
    const count = staging.counts.get(table.name) ?? 0;
    const step = `checked ${table.name}`;
    if (count === 0 || staging.steps.find(step) !== null) continue;
    for (let from = 0; from < count; from += ROWS_PER_LOOK)
      for (const look of looksAt(staging, table, [from, from + ROWS_PER_LOOK]))
        await refuse(db, staging, look);
    for (const look of countsOf(staging, table, tables)) await refuse(db, staging, look);
    await staging.steps.keep(step, '');
    if (isOver()) return false;
  }
  return true;
}

/** SQL of the first row that breaks a rule, and the rule. */
type Look = Pick<BrokenRule, 'column' | 'rule' | 'of'> & { sql: string };
type Span = readonly [from: number, until: number];

function looksAt(staging: Staging, table: TableFile, span: Span): Look[] {
  return [
    { column: table.key.join(', '), rule: 'stands_twice', sql: repeated(staging, table, span) },
    ...table.parents.flatMap(({ table: parent, column }): Look[] =>
      column === null
        ? []
        : [
            {
              ...{ column, rule: 'no_parent', of: { table: parent } },
              sql: orphans(staging, { table, column, parent, span }),
            },
          ],
    ),
  ];
}

function countsOf(staging: Staging, table: TableFile, tables: readonly TableFile[]): Look[] {
  return Object.entries(table.options.repeats ?? {}).map(([column, { table: other, by }]) => {
    const counted = tables.find(({ name }) => name === other);
    assert(counted !== undefined, `${other} is a table of the house`);
    const sql = miscounted(staging, { table, column, counted, by });
    return { column, rule: 'miscounted', of: { table: other }, sql };
  });
}

async function refuse(db: Store, staging: Staging, { sql, ...broken }: Look): Promise<void> {
  await staging.stay();
  const [row] = await db.fresh.read({ sql, args: [] });
  if (row !== undefined) throw brokenRule({ file: String(row[0]), line: Number(row[1]), ...broken });
}

/** The plus keeps the planner from going by place, which would look at every row before each. */
function repeated({ table: staged }: Staging, { name }: TableFile, [from, until]: Span): string {
  return `SELECT part, line FROM ${staged} AS one WHERE file = '${name}' AND place >= ${from} AND place < ${until} AND EXISTS (SELECT 1 FROM ${staged} AS other
    WHERE other.file = one.file AND other.key = one.key AND +other.place < one.place) ORDER BY place LIMIT 1`;
}

function orphans(
  { table: staged }: Staging,
  {
    table,
    column,
    parent,
    span: [from, until],
  }: { table: TableFile; column: string; parent: string; span: Span },
): string {
  const named = stagedValue(table, column, 'one.');
  return `SELECT part, line FROM ${staged} AS one WHERE file = '${table.name}' AND place >= ${from} AND place < ${until}
    AND ${named} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${staged} AS other WHERE other.file = '${parent}' AND other.key = ${named})
    ORDER BY place LIMIT 1`;
}

/**
 * Both sides are put together and grouped once: a join of what is told with what is counted would look at every count for
 * each row, which is minutes at some ten thousand accounts. Unlike the other looks this is one read over all rows of both tables,
 * since either side of a count may lie anywhere: where a server takes longer than five seconds for it, the archive does not come in.
 */
function miscounted(
  { table: staged }: Staging,
  { table, column, counted, by }: { table: TableFile; column: string; counted: TableFile; by: string },
): string {
  return `SELECT part, line FROM (SELECT of FROM (
      SELECT key AS of, ${stagedValue(table, column)} AS told, 0 AS found FROM ${staged} WHERE file = '${table.name}'
      UNION ALL SELECT ${stagedValue(counted, by)}, 0, 1 FROM ${staged} WHERE file = '${counted.name}')
      GROUP BY of HAVING sum(told) <> sum(found)) AS wrong
    JOIN ${staged} AS one ON one.file = '${table.name}' AND one.key = wrong.of ORDER BY place LIMIT 1`;
}
