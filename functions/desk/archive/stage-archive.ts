import { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { assertHead, notOurs } from './archive-head.ts';
import { storedFolder } from './export-everything.ts';
import { assertStaysOwner } from './importer-stays.ts';
import { readFile } from './read-file.ts';
import type { Staging } from './staging.ts';
import type { StoredFilesIn } from './stored-files.ts';
import type { ArchivedFile } from './tar.ts';

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
export async function stageArchive(into: Staged, files: AsyncIterable<ArchivedFile>): Promise<boolean> {
  let isKnown = false;
  for await (const file of files) {
    if (!isKnown) assertHead(file);
    else if (file.name.startsWith(storedFolder)) {
      if (await into.stored.add(file)) if (into.isOver()) return false;
    } else if (!(await stageTable(into, file))) return false;
    isKnown = true;
  }
  if (!isKnown) throw notOurs();
  return true;
}

async function stageTable(
  { tables, staging, importer, onRows, isOver }: Staged,
  file: ArchivedFile,
): Promise<boolean> {
  const table = tableOf(file, tables);
  const rows = readFile(file, table);
  if (table.name === 'staff') for (const { values } of rows) assertStaysOwner(importer, values);
  const isWhole = await staging.add(table, { part: file.name, rows, isOver });
  onRows(staging.rows());
  return isWhole;
}

/** Ours are of some 4 MB of text; the rows of one are held in memory together. */
const TABLE_BYTES_MAX = 32 * 1024 * 1024;

/** The table that a file of an archive is of. @throws {AppError} `validation_failed` for one of none, or too large a one */
export function tableOf({ name: path, bytes }: ArchivedFile, tables: readonly TableFile[]): TableFile {
  const name = /^([a-z_]+)(?:\.\d{1,6})?\.(?:ndjson|csv)$/.exec(path)?.[1];
  const table = tables.find((known) => known.name === name);
  if (table === undefined)
    throw new AppError('validation_failed', `${path} is no file of an archive. Nothing was brought in.`);
  if (bytes.length > TABLE_BYTES_MAX)
    throw new AppError(
      'validation_failed',
      `${path} is larger than a table's file of an archive may be. Nothing was brought in.`,
    );
  return table;
}
