import { schemaName } from '../../../db/schema-name.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';
import { endStep, openRowWalk, type Slice } from '../../reach/imports/row-walk.ts';
import type { ArchiveTold } from '../../reach/imports/runs/run-report.ts';
import { assertHead, notOurs } from './archive-head.ts';
import { noPlaceOfFiles, storedFolder } from './export-everything.ts';
import { gunzipped, telling } from './gzip.ts';
import { assertEmpty } from './import-everything.ts';
import { assertStaysOwner, findImporter } from './importer-stays.ts';
import { inOrder } from './in-order.ts';
import { readFile } from './read-file.ts';
import { tableNamed, tableOf } from './stage-archive.ts';
import { type ArchivedFile, readTar } from './tar.ts';

/** What was seen of an archive so far. */
interface Seen {
  /** Files of tables that were looked through. */
  parts: string[];
  /** Rows by table, in the order of the archive. */
  counts: [table: string, rows: number][];
  rows: number;
  business: string | null;
}

interface ArchiveLook {
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
  onRows: (rows: number) => void;
  /** Null for a look that is taken in one go. */
  slice: Slice | null;
}

/**
 * What an archive holds; all of its rows are read, and nothing is written. Whether the rows agree with one another is seen
 * once they come in. What a turn before looked through is passed over.
 * @returns null when the turn was over before the archive was
 * @throws {AppError} as `importEverything`
 */
export async function lookAtArchive(
  ctx: Context,
  { chunks, onRows, slice }: ArchiveLook,
): Promise<ArchiveTold | null> {
  allow(ctx.actor, 'archive:write');
  const tables = inOrder(ctx.house.tables);
  await assertEmpty(ctx, tables);
  const importer = await findImporter(ctx);
  const nothing: Seen = { parts: [], counts: [], rows: 0, business: null };
  const opened = await openRowWalk<Seen, never, never>(ctx, slice, { told: nothing, phase: 'rows' });
  assert(!opened.isOver, 'a look is forgotten once it is over');
  const { walk } = opened;
  const seen = walk.told;
  const files: Files = { named: new Set(), come: new Set() };
  const into = { tables, seen, files, importer };
  const unpacked = telling(gunzipped(chunks), () => onRows(seen.rows));
  let isKnown = false;
  const passes = (name: string) => isKnown && isPassed(name, into);
  for await (const file of readTar(unpacked, { passes })) {
    if (!isKnown) assertHead(file);
    else {
      const rows = lookThrough(file, into);
      if (rows !== null && !(await endStep(ctx, walk, { rows, beside: [], hasWritten: false }))) return null;
    }
    isKnown = true;
    onRows(seen.rows);
  }
  if (!isKnown) throw notOurs();
  if (files.named.size > 0 && ctx.files === null) throw noPlaceOfFiles();
  return {
    business: seen.business,
    schema: schemaName,
    tables: seen.counts.map(([name, rows]) => ({ name, rows })),
    ...{ files: files.come.size, filesMissing: files.named.size - files.come.size },
  };
}

/** Files that rows name, and those that the archive has. */
interface Files {
  named: Set<string>;
  come: Set<string>;
}

interface Into {
  tables: readonly TableFile[];
  seen: Seen;
  files: Files;
  /** The address of the owner who brings it in. */
  importer: string | null;
}

/** The bytes of stored files are looked at once they come in. Rows that name some are read by each turn, to know their names. */
function isPassed(name: string, { tables, seen, files }: Into): boolean {
  if (name.startsWith(storedFolder)) {
    files.come.add(storedNameIn(name, files.named));
    return true;
  }
  return seen.parts.includes(name) && tableNamed(name, tables).options.files === undefined;
}

/** @returns how many rows it has; null when a turn before looked at them */
function lookThrough(file: ArchivedFile, { tables, seen, files: { named }, importer }: Into): number | null {
  const table = tableOf(file, tables);
  const { files } = table.options;
  let rows = 0;
  for (const { values } of readFile(file, table)) {
    rows += 1;
    if (files !== undefined) named.add(String(values[files.name]));
    if (table.name === 'staff') assertStaysOwner(importer, values);
    if (table.name === 'settings' && values.key === 'name') seen.business = String(values.value);
  }
  if (seen.parts.includes(file.name)) return null;
  seen.parts.push(file.name);
  const count = seen.counts.find(([name]) => name === table.name);
  if (count === undefined) seen.counts.push([table.name, rows]);
  else count[1] += rows;
  seen.rows += rows;
  return rows;
}

function storedNameIn(path: string, named: ReadonlySet<string>): string {
  const name = path.slice(storedFolder.length);
  if (named.has(name)) return name;
  throw refusedFile('archive_unnamed', { name: path });
}
