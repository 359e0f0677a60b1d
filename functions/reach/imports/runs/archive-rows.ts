import type { Row, Store } from '../../../../db/store.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';

const PREFIX = 'archive_rows_';

/** Where the rows of an archive wait that a run, or whoever else, brings in. */
export const archiveRowsOf = (holder: string): string => `${PREFIX}${holder}`;

/** Under this name no table waits, but the names of files do. */
export const NOTED_FILES = '';

/** Under this name neither: what is done of the archive, so that a later turn passes it over. */
export const NOTED_STEPS = '.';

/**
 * How far a file is: about to be put, put, or there before. What was there before stays when the archive is refused; a number
 * in the column of the line.
 */
export const fileSteps = { begun: 0, put: 1, there: 2 } as const;

/** Those of whom rows of an archive wait. */
export async function listArchiveHolders(db: Store): Promise<string[]> {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE ?";
  const rows: Row[] = await db.fresh.read({ sql, args: [`${PREFIX}%`] });
  return rows.map(([name]) => String(name).slice(PREFIX.length));
}

/**
 * Takes away what waits of somebody's archive, if anything does, and the files that were put for it. The table goes last,
 * since it says which files there are; and it goes, also where one of them cannot be taken away. What fails is logged: it
 * hides no refusal, and the hourly job comes back to a table that is left.
 */
export async function removeArchiveRows(
  ctx: Pick<Context, 'db' | 'files' | 'log'>,
  holder: string,
): Promise<void> {
  try {
    if ((await listArchiveHolders(ctx.db)).includes(holder)) await remove(ctx, archiveRowsOf(holder));
  } catch (error) {
    ctx.log.warn('Something of an archive was not taken away: {reason}', { reason: reasonOf(error) });
  }
}

async function remove({ db, files }: Pick<Context, 'db' | 'files'>, table: string): Promise<void> {
  try {
    const sql = `SELECT part FROM "${table}" WHERE file = ? AND line <> ?`;
    const noted = await db.fresh.read({ sql, args: [NOTED_FILES, fileSteps.there] });
    for (const [name] of noted) await files?.delete(String(name));
  } finally {
    await db.script(`DROP TABLE IF EXISTS "${table}"`);
  }
}
