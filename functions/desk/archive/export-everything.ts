import { schemaName } from '../../../db/schema-name.ts';
import type { Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { StoredFiles, TableFile } from '../../ground/tables/table-file.ts';
import { streamOfBytes } from './gzip.ts';
import { inOrder } from './in-order.ts';
import { quoted, readTable } from './read-table.ts';
import { type ArchivedFile, writeTar } from './tar.ts';
import { type ArchiveFormat, filesOf } from './write-files.ts';

/** What an archive is, as its first file says. */
export interface ArchiveHead {
  kind: 'regulars-archive';
  schema: string;
}

export const headName = 'regulars.json';
/** Under what stored files lie in an archive. */
export const storedFolder = 'attachments/';

/**
 * Everything that the business has, as one file: a tar packed by gzip with a file for each table, and the files that
 * customers sent. Nothing of it is held but what is being written. Tables come before those they name, so that what is
 * recorded meanwhile breaks no key; at a quiet hour all of it is of one moment.
 * @throws {AppError} `forbidden`, `scope_missing`
 */
export async function exportEverything(
  ctx: Context,
  { format }: { format: ArchiveFormat },
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  allow(ctx.actor, 'archive:read');
  await writeDecision(ctx, {
    audit: { kind: 'archive.exported', subjectKind: 'tables', subjectId: 'all', detail: { format } },
  });
  return streamOfBytes(writeTar(listFiles(ctx, format))).pipeThrough(new CompressionStream('gzip'));
}

async function* listFiles(ctx: Context, format: ArchiveFormat): AsyncGenerator<ArchivedFile> {
  const head: ArchiveHead = { kind: 'regulars-archive', schema: schemaName };
  yield { name: headName, bytes: new TextEncoder().encode(`${JSON.stringify(head)}\n`) };
  const { tables, tablesLeft } = ctx.house;
  for (const file of inOrder(tables).toReversed()) {
    const table = readTable(ctx.db.fresh, file, tablesLeft);
    yield* filesOf({ name: file.name, table }, format);
  }
  for (const file of tables)
    if (file.options.files !== undefined) yield* storedFiles(ctx, file, file.options.files);
}

/** The bytes of what a table names; a file that is gone from the store is left out. */
async function* storedFiles(
  ctx: Context,
  { name: table }: TableFile,
  files: StoredFiles,
): AsyncGenerator<ArchivedFile> {
  for (let after = ''; ; ) {
    const rows = await ctx.db.fresh.read(namesAfter(table, files, after));
    for (const [name] of rows) {
      const bytes = (await ctx.files?.get(String(name))) ?? null;
      if (bytes !== null) yield { name: `${storedFolder}${String(name)}`, bytes };
    }
    const last = rows.at(-1)?.[0];
    if (last === undefined) return;
    after = String(last);
  }
}

function namesAfter(table: string, { name }: StoredFiles, after: string): Statement {
  const column = quoted(name);
  const sql = `SELECT ${column} FROM ${quoted(table)} WHERE ${column} > ? ORDER BY ${column} LIMIT 500`;
  return { sql, args: [after] };
}

/** @throws {AppError} `not_found` */
export function getTableFile({ house }: Pick<Context, 'house'>, name: string): TableFile {
  const found = house.tables.find((table) => table.name === name);
  if (found === undefined) throw new AppError('not_found', `There is no table ${name}.`);
  return found;
}
