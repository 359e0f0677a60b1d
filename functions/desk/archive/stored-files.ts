import { createHash } from 'node:crypto';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { noPlaceOfFiles, storedFolder } from './export-everything.ts';
import { type Staging, stagedValue } from './staging.ts';
import type { ArchivedFile } from './tar.ts';

/** Files that come in beside the rows that name them. */
export interface StoredFilesIn {
  /**
   * Puts it into the store, unless it is there.
   * @returns whether it was put
   * @throws {AppError} `validation_failed` for a file that no row names, or whose bytes are others
   */
  add: (file: ArchivedFile) => Promise<boolean>;
  count: () => number;
  /** How many files rows name that did not come. @throws {AppError} `unavailable` when there is no place for files */
  countMissing: () => Promise<number>;
}

export function openStoredFiles(
  ctx: Pick<Context, 'db' | 'files' | 'house'>,
  staging: Staging,
): StoredFilesIn {
  const come = new Set<string>();
  return {
    add: async ({ name: path, bytes }) => {
      const name = path.slice(storedFolder.length);
      const sha256 = await hashIn(ctx, staging, name);
      if (sha256 === null)
        throw new AppError('validation_failed', `${path} is named by no row. Nothing was brought in.`);
      if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new AppError(
          'validation_failed',
          `${path} is not the file that was stored. Nothing was brought in.`,
        );
      if (ctx.files === null) throw noPlaceOfFiles();
      come.add(name);
      if ((await ctx.files.get(name)) !== null) return false;
      await staging.noteFile(name);
      await ctx.files.put(name, bytes);
      return true;
    },
    count: () => come.size,
    countMissing: async () => {
      const named = await countNamed(ctx, staging);
      if (named > 0 && ctx.files === null) throw noPlaceOfFiles();
      return named - come.size;
    },
  };
}

async function hashIn({ db, house }: Pick<Context, 'db' | 'house'>, staging: Staging, name: string) {
  for (const table of house.tables) {
    const sql = findSql(staging, table);
    const [row] = sql === null ? [] : await db.fresh.read({ sql, args: [name] });
    if (row !== undefined) return String(row[0]);
  }
  return null;
}

async function countNamed({ db, house }: Pick<Context, 'db' | 'house'>, staging: Staging): Promise<number> {
  let named = 0;
  for (const table of house.tables) {
    if (table.options.files === undefined) continue;
    const name = stagedValue(table, table.options.files.name);
    const sql = `SELECT count(DISTINCT ${name}) FROM ${staging.table} WHERE file = '${table.name}'`;
    const [row] = await db.fresh.read({ sql, args: [] });
    named += Number(row?.[0] ?? 0);
  }
  return named;
}

function findSql(staging: Staging, table: TableFile): string | null {
  const { files } = table.options;
  if (files === undefined) return null;
  return `SELECT ${stagedValue(table, files.sha256)} FROM ${staging.table}
    WHERE file = '${table.name}' AND ${stagedValue(table, files.name)} = ?`;
}
