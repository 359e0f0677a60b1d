import { type Store, StoreConflict } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { brokenRule } from './broken-rule.ts';
import { type Extent, tryIn } from './put-in.ts';
import type { Staging } from './staging.ts';

/**
 * The row that a guard of the database refused, which tells no more than its own name: found by trying ever closer parts of
 * what is staged, of which nothing stays.
 */
export async function findRefused(
  ctx: Pick<Context, 'db' | 'house' | 'now' | 'actor'>,
  refused: StoreConflict,
  { staging, tables }: { staging: Staging; tables: readonly TableFile[] },
): Promise<AppError> {
  const total = tables.reduce((sum, { name }) => sum + (staging.counts.get(name) ?? 0), 0);
  let taken = 0;
  let over = total;
  let rule = refused;
  while (over - taken > 1) {
    await staging.stay();
    const middle = Math.floor((taken + over) / 2);
    const conflict = await conflictIn(ctx, { staging, tables, extent: extentOf(staging, tables, middle) });
    if (conflict === null) taken = middle;
    else {
      over = middle;
      rule = conflict;
    }
  }
  const { tables: index, rows } = extentOf(staging, tables, taken);
  const [part, line] = await placeOf(ctx.db, staging, { file: tables[index]?.name ?? '', place: rows });
  return brokenRule({ file: part, line, ...wordsOf(rule) });
}

/** The first `rows` of all that is staged; never the whole of a table and none of the next. */
function extentOf({ counts }: Staging, tables: readonly TableFile[], rows: number): Extent {
  let left = rows;
  for (const [index, { name }] of tables.entries()) {
    const count = counts.get(name) ?? 0;
    if (left < count) return { tables: index, rows: left };
    left -= count;
  }
  return { tables: tables.length, rows: 0 };
}

async function conflictIn(
  ctx: Pick<Context, 'db' | 'house' | 'now' | 'actor'>,
  part: { staging: Staging; tables: readonly TableFile[]; extent: Extent },
): Promise<StoreConflict | null> {
  try {
    await tryIn(ctx, part);
    return null;
  } catch (error) {
    if (error instanceof StoreConflict) return error;
    throw error;
  }
}

async function placeOf(
  db: Store,
  { table }: Staging,
  { file, place }: { file: string; place: number },
): Promise<[part: string, line: number]> {
  const sql = `SELECT part, line FROM ${table} WHERE file = ? AND place = ?`;
  const [row] = await db.fresh.read({ sql, args: [file, place] });
  return [String(row?.[0] ?? file), Number(row?.[1] ?? 0)];
}

/** What SQLite says of a constraint, or a trigger of ours. */
function wordsOf({ rule }: StoreConflict): { column: string | null; rule: string } {
  const unique = /UNIQUE constraint failed: ([\w., ]+)/.exec(rule)?.[1];
  if (unique !== undefined) return { column: columnsIn(unique), rule: 'stands twice' };
  const check = /CHECK constraint failed: (\w+)/.exec(rule)?.[1];
  if (check !== undefined) return { column: null, rule: `breaks the rule ${check}` };
  const trigger = /refused: ([\w -]+)/.exec(rule)?.[1];
  return { column: null, rule: `is refused: ${trigger ?? rule}` };
}

/** Of `customers.email, customers.name` the columns. */
function columnsIn(names: string): string {
  return names
    .split(', ')
    .map((name) => name.slice(name.indexOf('.') + 1))
    .join(', ');
}
