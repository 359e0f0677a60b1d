import type { Alone, Statement } from '../../../db/store.ts';
import { isConflictOn } from '../../../db/store.ts';
import { triggers } from '../../../db/triggers.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type AppError, assert } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';
import { quoted } from './read-table.ts';
import { type Staging, stagedColumns, stagedValue } from './staging.ts';

/** How much of what is staged is written: all rows of the first tables, and the first ones of the next. */
export interface Extent {
  tables: number;
  rows: number;
}

/** Why a unit is refused by its own checks. */
const portalInUse = 'archive_portal_in_use';
const keysBroken = 'archive_keys_broken';
const tried = 'archive_tried';

/**
 * Writes everything that is staged in one unit: with the triggers off that judge a row by what was so when it was first
 * written, and all other guards on. Whatever is refused leaves the database as it was.
 * @throws {AppError} `database_not_empty`
 * @throws {StoreConflict} when a guard refused a row
 */
export async function putIn(
  ctx: Pick<Context, 'db' | 'house' | 'now' | 'actor'>,
  { staging, tables, also }: { staging: Staging; tables: readonly TableFile[]; also: readonly Statement[] },
): Promise<void> {
  const dropped = ['archive_checks', staging.table].map((name) => plain(`DROP TABLE ${name}`));
  const written = unitOf(ctx, { staging, tables, extent: { tables: tables.length, rows: 0 } });
  try {
    const alone = aloneFor(ctx, staging);
    await ctx.db.writeSchema([...written, ...dropped, ...also], { checks: [], alone });
  } catch (error) {
    if (isConflictOn(error, portalInUse)) throw inUse([]);
    assert(!isConflictOn(error, keysBroken), 'the keys of staged rows were looked at before');
    throw error;
  }
}

/** Whether the database takes a part of what is staged; nothing of it stays. @throws {StoreConflict} when it does not */
export async function tryIn(
  ctx: Pick<Context, 'db' | 'house' | 'now' | 'actor'>,
  { staging, tables, extent }: { staging: Staging; tables: readonly TableFile[]; extent: Extent },
): Promise<void> {
  const unit = unitOf(ctx, { staging, tables, extent });
  try {
    const refused = plain("INSERT INTO archive_checks VALUES ('tried', 1)");
    await ctx.db.writeSchema([...unit, refused], { checks: [], alone: aloneFor(ctx, staging) });
  } catch (error) {
    if (!isConflictOn(error, tried, keysBroken)) throw error;
  }
}

/** What a server writes well within the five seconds that its lock lasts. */
const ROWS_AT_ONCE = 20_000;
/** A server writes some hundred thousand rows a second, on a busy machine a tenth of that. */
const WRITING_MS_PER_ROW = 0.1;

function aloneFor({ now }: Pick<Context, 'now'>, staging: Staging): Alone | null {
  const rows = staging.rows();
  if (rows <= ROWS_AT_ONCE) return null;
  return {
    announced_ms: now() - staging.announcedAt,
    lasts_ms: Math.ceil(30_000 + rows * WRITING_MS_PER_ROW),
  };
}

export function inUse(tables: readonly string[]): AppError {
  const as = 'database_not_empty';
  return tables.length === 0
    ? refusedFile('portal_in_use', {}, { as })
    : refusedFile('portal_has', { tables: tables.join(', ') }, { as });
}

/** The tables that make a portal one that is in use. */
export function tablesInUse(tables: readonly TableFile[]): TableFile[] {
  return tables.filter(({ options }) => options.standing === undefined);
}

function unitOf(
  ctx: Pick<Context, 'house' | 'now' | 'actor'>,
  { staging, tables, extent }: { staging: Staging; tables: readonly TableFile[]; extent: Extent },
): Statement[] {
  const anew = Object.entries(ctx.house.tablesLeft).flatMap(([name, { isMadeAnew }]) =>
    isMadeAnew ? name : [],
  );
  const way = tables.filter(({ options }) => options.standing === 'give_way').map(({ name }) => name);
  const used = tablesInUse(tables).map(({ name }) => `EXISTS (SELECT 1 FROM ${quoted(name)})`);
  const lifted = liftedBy(tables);
  return [
    plain(`CREATE TABLE archive_checks (what TEXT NOT NULL, found INTEGER NOT NULL,
      CONSTRAINT ${portalInUse} CHECK (what <> 'used' OR found = 0),
      CONSTRAINT ${keysBroken} CHECK (what <> 'keys' OR found = 0),
      CONSTRAINT ${tried} CHECK (what <> 'tried')) STRICT`),
    plain(`INSERT INTO archive_checks SELECT 'used', ${used.join(' OR ')}`),
    ...lifted.map(({ name }) => plain(`DROP TRIGGER ${name}`)),
    ...[...anew, ...way].map((name) => plain(`DELETE FROM ${quoted(name)}`)),
    ...tables.slice(0, extent.tables).flatMap((table) => rowsIn(ctx, { staging, table, rows: null })),
    ...tables
      .slice(extent.tables, extent.tables + 1)
      .flatMap((table) => rowsIn(ctx, { staging, table, rows: extent.rows })),
    plain(`INSERT INTO archive_checks SELECT 'keys', count(*) FROM pragma_foreign_key_check`),
    ...lifted.map(({ sql }) => plain(sql)),
  ];
}

function liftedBy(tables: readonly TableFile[]) {
  const names = new Set(tables.flatMap(({ options }) => options.lifts ?? []));
  return triggers.filter(({ name }) => names.has(name));
}

function rowsIn(
  ctx: Pick<Context, 'now' | 'actor'>,
  { staging: { table: staged }, table, rows }: { staging: Staging; table: TableFile; rows: number | null },
): Statement[] {
  const columns = stagedColumns(table);
  const from = `FROM ${staged} WHERE file = '${table.name}'${rows === null ? '' : ` AND place < ${rows}`}`;
  const values = columns.map((name) => `${stagedValue(table, name)} AS ${quoted(name)}`).join(', ');
  return [
    ...(table.options.before?.(`SELECT ${values} ${from}`, ctx) ?? []),
    plain(
      `INSERT INTO ${quoted(table.name)} (${columns.map(quoted).join(', ')}) SELECT ${values} ${from} ORDER BY place`,
    ),
  ];
}

const plain = (sql: string): Statement => ({ sql, args: [] });
