import { createHash } from 'node:crypto';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { storedFolder } from './export-everything.ts';
import { type Staging, stagedValue } from './staging.ts';
import type { ArchivedFile } from './tar.ts';

/** Files that come in beside the rows that name them. */
export interface StoredFilesIn {
  /** @throws {AppError} `validation_failed` for a file that no row names, or whose bytes are others */
  add: (file: ArchivedFile) => Promise<void>;
  count: () => number;
  /** Takes away what was added. */
  remove: () => Promise<void>;
}

export function openStoredFiles(
  ctx: Pick<Context, 'db' | 'files' | 'house'>,
  staging: Staging,
): StoredFilesIn {
  const added: string[] = [];
  let count = 0;
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
      count += 1;
      if (ctx.files === null || (await ctx.files.get(name)) !== null) return;
      await ctx.files.put(name, bytes);
      added.push(name);
    },
    count: () => count,
    remove: async () => {
      for (const name of added) await ctx.files?.delete(name);
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

function findSql(staging: Staging, table: TableFile): string | null {
  const { files } = table.options;
  if (files === undefined) return null;
  return `SELECT ${stagedValue(table, files.sha256)} FROM ${staging.table}
    WHERE file = '${table.name}' AND ${stagedValue(table, files.name)} = ?`;
}
