import { createHash } from 'node:crypto';
import type { Context } from '../../ground/platform/context.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';
import { noPlaceOfFiles, storedFolder } from './export-everything.ts';
import { type Staging, stagedValue } from './staging.ts';
import type { ArchivedFile } from './tar.ts';

/** Files that come in beside the rows that name them. */
export interface StoredFilesIn {
  /**
   * Puts it into the store, unless the very same is there.
   * @throws {AppError} `validation_failed` for a file that no row names, or whose bytes are others
   */
  add: (file: ArchivedFile) => Promise<void>;
  /** Whether it is in the store by a turn before, so that its bytes need not be read. */
  has: (path: string) => boolean;
  count: () => number;
  /** How many files rows name that did not come. @throws {AppError} `unavailable` when there is no place for files */
  countMissing: () => Promise<number>;
}

export function openStoredFiles(
  ctx: Pick<Context, 'db' | 'files' | 'house'>,
  staging: Staging,
): StoredFilesIn {
  const hashOf = openHashes(ctx, staging);
  return {
    has: (path) => staging.files.isDone(path.slice(storedFolder.length)),
    add: async ({ name: path, bytes }) => {
      const name = path.slice(storedFolder.length);
      const before = staging.files.stepOf(name);
      const sha256 = await hashOf(name);
      if (sha256 === null) throw refusedFile('archive_unnamed', { name: path });
      if (hashed(bytes) !== sha256) throw refusedFile('archive_changed', { name: path });
      if (ctx.files === null) throw noPlaceOfFiles();
      const kept = await ctx.files.get(name);
      if (kept !== null && hashed(kept) === sha256)
        await staging.files.note(name, before === null ? 'there' : 'put');
      else {
        await staging.files.note(name, 'begun');
        // A short one, of a process that was killed: what is put overwrites nothing.
        if (kept !== null) await ctx.files.delete(name);
        await ctx.files.put(name, bytes);
        await staging.files.note(name, 'put');
      }
    },
    count: staging.files.count,
    countMissing: async () => {
      const named = await countNamed(ctx, staging);
      if (named > 0 && ctx.files === null) throw noPlaceOfFiles();
      return named - staging.files.count();
    },
  };
}

const hashed = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The hashes of the files that staged rows name, read once, and again only when rows came since. */
function openHashes({ db, house }: Pick<Context, 'db' | 'house'>, staging: Staging) {
  const hashes = new Map<string, string>();
  let rows = -1;
  return async (name: string): Promise<string | null> => {
    if (!hashes.has(name) && rows !== staging.rows()) {
      rows = staging.rows();
      for (const table of house.tables) {
        const sql = listSql(staging, table);
        if (sql === null) continue;
        for (const [named, sha256] of await db.fresh.read({ sql, args: [] }))
          hashes.set(String(named), String(sha256));
      }
    }
    return hashes.get(name) ?? null;
  };
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

function listSql(staging: Staging, table: TableFile): string | null {
  const { files } = table.options;
  if (files === undefined) return null;
  return `SELECT ${stagedValue(table, files.name)}, ${stagedValue(table, files.sha256)} FROM ${staging.table}
    WHERE file = '${table.name}'`;
}
