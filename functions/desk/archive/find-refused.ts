import { type Store, StoreConflict } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { type BrokenRule, brokenRule } from './broken-rule.ts';
import { type Extent, tryIn } from './put-in.ts';
import type { Staging } from './staging.ts';

/** How far the row is found, across turns. */
interface Search {
  /** So many rows are taken, and so many are not. */
  taken: number;
  over: number;
  rule: string;
}

const STEP = 'refused';

/**
 * The row that a guard of the database refused, which tells no more than its own name: found by trying ever closer parts of
 * what is staged, of which nothing stays.
 * @returns null when the turn was over before it was found
 */
export async function findRefused(
  ctx: Pick<Context, 'db' | 'house' | 'now' | 'actor'>,
  refused: StoreConflict | null,
  { staging, tables, isOver }: { staging: Staging; tables: readonly TableFile[]; isOver: () => boolean },
): Promise<AppError | null> {
  const search: Search = searchBefore(staging) ?? {
    taken: 0,
    over: staging.rows(),
    rule: refused?.rule ?? '',
  };
  while (search.over - search.taken > 1) {
    await staging.stay();
    const middle = Math.floor((search.taken + search.over) / 2);
    const conflict = await conflictIn(ctx, { staging, tables, extent: extentOf(staging, tables, middle) });
    if (conflict === null) search.taken = middle;
    else Object.assign(search, { over: middle, rule: conflict.rule });
    await staging.steps.keep(STEP, JSON.stringify(search));
    if (isOver()) return null;
  }
  const { tables: index, rows } = extentOf(staging, tables, search.taken);
  const [part, line] = await placeOf(ctx.db, staging, { file: tables[index]?.name ?? '', place: rows });
  return brokenRule({ file: part, line, ...wordsOf(search) });
}

/** Whether the database refused what is staged in a turn before. */
export const wasRefused = ({ steps }: Staging) => steps.find(STEP) !== null;

function searchBefore({ steps }: Staging): Search | null {
  const kept = steps.find(STEP);
  return kept === null ? null : JSON.parse(kept);
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
function wordsOf({ rule }: Search): Pick<BrokenRule, 'column' | 'rule' | 'of'> {
  const unique = /UNIQUE constraint failed: ([\w., ]+)/.exec(rule)?.[1];
  if (unique !== undefined) return { column: columnsIn(unique), rule: 'stands_twice' };
  const check = /CHECK constraint failed: (\w+)/.exec(rule)?.[1];
  if (check !== undefined) return { column: null, rule: 'check', of: { name: check } };
  const trigger = /refused: ([\w -]+)/.exec(rule)?.[1];
  return { column: null, rule: 'refused', of: { name: trigger ?? rule } };
}

/** Of `customers.email, customers.name` the columns. */
function columnsIn(names: string): string {
  return names
    .split(', ')
    .map((name) => name.slice(name.indexOf('.') + 1))
    .join(', ');
}
