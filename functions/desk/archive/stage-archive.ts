import type { TableFile } from '../../ground/tables/table-file.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';
import { assertHead, notOurs } from './archive-head.ts';
import { storedFolder } from './export-everything.ts';
import { assertStaysOwner } from './importer-stays.ts';
import { readFile } from './read-file.ts';
import type { Staging } from './staging.ts';
import type { StoredFilesIn } from './stored-files.ts';
import { type ArchivedFile, readTar } from './tar.ts';

export interface Staged {
  tables: readonly TableFile[];
  staging: Staging;
  stored: StoredFilesIn;
  /** The address of the owner who brings it in; null where nobody is signed in for it. */
  importer: string | null;
  /** Told as rows come. */
  onRows: (rows: number) => void;
  /** Asked after each step: whether the rest has to wait for the next turn. */
  isOver: () => boolean;
}

/**
 * Has all rows of an archive wait in the staging table, and its files in the store. What waits there already is passed over.
 * @returns false when the turn was over before the archive was
 */
export async function stageArchive(into: Staged, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const { staging, stored } = into;
  if (staging.steps.find(WHOLE) !== null) return true;
  let isKnown = false;
  const passes = (name: string) => (name.startsWith(storedFolder) ? stored.has(name) : staging.has(name));
  for await (const file of readTar(chunks, { passes })) {
    if (!isKnown) assertHead(file);
    else if (file.name.startsWith(storedFolder)) {
      await stored.add(file);
      if (into.isOver()) return false;
    } else if (!(await stageTable(into, file))) return false;
    isKnown = true;
  }
  if (!isKnown) throw notOurs();
  await staging.steps.keep(WHOLE, '');
  return true;
}

/** All of the archive waits. */
const WHOLE = 'whole';

async function stageTable(
  { tables, staging, importer, onRows, isOver }: Staged,
  file: ArchivedFile,
): Promise<boolean> {
  const table = tableOf(file, tables);
  const rows = table.name === 'staff' ? [...readFile(file, table)] : readFile(file, table);
  if (table.name === 'staff') for (const { values } of rows) assertStaysOwner(importer, values);
  const isWhole = await staging.add(table, { part: file.name, rows, isOver });
  onRows(staging.rows());
  return isWhole;
}

/** Ours are of some 4 MB of text; the text of one is held in memory. */
const TABLE_BYTES_MAX = 32 * 1024 * 1024;

/** The table that a file of an archive is of. @throws {AppError} `validation_failed` for one of none, or too large a one */
export function tableOf({ name, bytes }: ArchivedFile, tables: readonly TableFile[]): TableFile {
  const table = tableNamed(name, tables);
  if (bytes.length > TABLE_BYTES_MAX) throw refusedFile('archive_table_too_large', { name });
  return table;
}

/** @throws {AppError} `validation_failed` */
export function tableNamed(path: string, tables: readonly TableFile[]): TableFile {
  const name = /^([a-z_]+)(?:\.\d{1,6})?\.(?:ndjson|csv)$/.exec(path)?.[1];
  const table = tables.find((known) => known.name === name);
  if (table === undefined) throw refusedFile('archive_no_file', { name: path });
  return table;
}
