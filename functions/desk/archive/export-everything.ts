import { schemaName } from '../../../db/schema-name.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Table } from '../../ground/formats/table.ts';
import { allow, allowProven } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { chunksOf, streamOfBytes } from './gzip.ts';
import { inOrder } from './in-order.ts';
import { type OneMoment, openMoment } from './one-moment.ts';
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
 * customers sent, all of the moment when it was asked for, whatever is recorded while it is fetched. Nothing of it is held
 * but what is being written. The line of the log that tells of it is not in it, only those of archives before.
 * @throws {AppError} `forbidden`, `scope_missing`, `proof_needed`, `unavailable` where files are named that lie elsewhere, and
 * while another archive is being taken
 */
export async function exportEverything(
  ctx: Context,
  { format }: { format: ArchiveFormat },
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  await assertMayExport(ctx);
  const moment = await openMoment(ctx);
  try {
    await writeDecision(ctx, {
      audit: { kind: 'archive.exported', subjectKind: 'tables', subjectId: 'all', detail: { format } },
    });
  } catch (error) {
    await moment.close();
    throw error;
  }
  return packEverything(ctx, moment, format);
}

/** @throws {AppError} `forbidden`, `scope_missing`, `proof_needed`, `unavailable` where files are named that lie elsewhere */
export async function assertMayExport(ctx: Context): Promise<void> {
  allow(ctx.actor, 'archive:read');
  allowProven(ctx);
  await assertPlaceOfFiles(ctx);
}

/**
 * The archive for a place of the business's own: as {@link exportEverything}, and nobody takes it out.
 * @returns the archive, and what `look` saw at its moment
 * @throws {AppError} `unavailable`
 */
export async function archiveEverything<Seen>(
  ctx: Context,
  { format, look }: { format: ArchiveFormat; look: (moment: Pick<OneMoment, 'read'>) => Promise<Seen> },
): Promise<{ archive: ReadableStream<Uint8Array<ArrayBuffer>>; seen: Seen }> {
  await assertPlaceOfFiles(ctx);
  const moment = await openMoment(ctx);
  try {
    const seen = await look(moment);
    return { archive: packEverything(ctx, moment, format), seen };
  } catch (error) {
    await moment.close();
    throw error;
  }
}

function packEverything(
  ctx: Context,
  moment: OneMoment,
  format: ArchiveFormat,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const files = closing(moment, listFiles(ctx, moment, format));
  const packed = streamOfBytes(writeTar(files)).pipeThrough(new CompressionStream('gzip'));
  return streamOfBytes(fetched(moment, packed));
}

/** A file of the archive is fetched in many pieces, and only the first of them waits for the database. */
async function* fetched(
  moment: OneMoment,
  packed: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of chunksOf(packed)) {
    moment.touch();
    yield piece;
  }
}

/** The files of a moment that is over with them, also when whoever fetches them goes away. */
async function* closing(
  moment: OneMoment,
  files: AsyncGenerator<ArchivedFile>,
): AsyncGenerator<ArchivedFile> {
  try {
    yield* files;
  } finally {
    await moment.close();
  }
}

async function* listFiles(
  ctx: Context,
  moment: OneMoment,
  format: ArchiveFormat,
): AsyncGenerator<ArchivedFile> {
  const head: ArchiveHead = { kind: 'regulars-archive', schema: schemaName };
  yield { name: headName, bytes: new TextEncoder().encode(`${JSON.stringify(head)}\n`) };
  const { tables, tablesLeft } = ctx.house;
  const names: string[] = [];
  for (const file of inOrder(tables).toReversed()) {
    const table = readTable(moment, file, tablesLeft);
    yield* filesOf({ name: file.name, table: collecting(table, file.options.files?.name, names) }, format);
  }
  await moment.close();
  yield* storedFiles(ctx, names);
}

/** Files belong to the rows that are written, not to those that came later. */
function collecting(table: Table, column: string | undefined, names: string[]): Table {
  const at = column === undefined ? -1 : table.columns.indexOf(column);
  if (at < 0) return table;
  async function* pages() {
    for await (const page of table.pages) {
      for (const row of page) names.push(String(row[at]));
      yield page;
    }
  }
  return { ...table, pages: pages() };
}

/** @throws {AppError} `unavailable` */
async function assertPlaceOfFiles({ db, files, house }: Context): Promise<void> {
  if (files !== null) return;
  for (const { name, options } of house.tables) {
    if (options.files === undefined) continue;
    const [row] = await db.fresh.read({ sql: `SELECT 1 FROM ${quoted(name)} LIMIT 1`, args: [] });
    if (row !== undefined) throw noPlaceOfFiles();
  }
}

export function noPlaceOfFiles(): AppError {
  const message =
    'Customers sent files, and there is no place of files here: set BUCKET_URL. Nothing was written.';
  return new AppError('unavailable', message);
}

/** The bytes of what is named; what is gone from the store is left out, and the log tells how many. */
async function* storedFiles(ctx: Context, names: readonly string[]): AsyncGenerator<ArchivedFile> {
  let missing = 0;
  for (const name of names) {
    const bytes = (await ctx.files?.get(name)) ?? null;
    if (bytes === null) missing += 1;
    else yield { name: `${storedFolder}${name}`, bytes };
  }
  if (missing > 0)
    ctx.log.warn('{missing} files are not in the archive: they are gone from the store', { missing });
}

/** @throws {AppError} `not_found` */
export function getTableFile({ house }: Pick<Context, 'house'>, name: string): TableFile {
  const found = house.tables.find((table) => table.name === name);
  if (found === undefined) throw new AppError('not_found', `There is no table ${name}.`);
  return found;
}
