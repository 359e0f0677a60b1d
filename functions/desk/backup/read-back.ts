import { createHash } from 'node:crypto';
import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';
import { assertHead, notOurs } from '../archive/archive-head.ts';
import { storedFolder } from '../archive/export-everything.ts';
import { gunzipped } from '../archive/gzip.ts';
import { inOrder } from '../archive/in-order.ts';
import { readFile } from '../archive/read-file.ts';
import { tableNamed, tableOf } from '../archive/stage-archive.ts';
import { type ArchivedFile, readTar } from '../archive/tar.ts';
import { filesOf, owned, toFile } from './places.ts';
import type { BackupRow, DrillRow } from './queries.ts';
import { addRows, differencesOf, type Totals } from './totals.ts';

/** How far an archive was read, kept from turn to turn. */
interface Position {
  /** Files of tables that were read. */
  parts: string[];
  totals: Totals;
  /** Files that customers sent, in the order of the archive. */
  files: number;
}

export type ReadBack = Pick<DrillRow, 'accounts' | 'differences' | 'orders' | 'entries' | 'filesMissing'>;

interface Reading {
  drill: DrillRow;
  backup: BackupRow;
  me: string;
  begunAt: number;
  isOver: () => boolean;
}

const KEPT_EVERY_MS = 2000;

/**
 * Reads an archive from its place to its end, where there is no disk to restore it onto: that it unpacks, that each row has
 * the form of its table, that tables have as many rows and the same sums as were counted at its moment, and that each file
 * that customers sent is the one its row tells of. Nothing of it is written anywhere.
 * @returns null when the turn was over before the archive was; the next one goes on from there
 * @throws {AppError} `not_found`, `bad_request`, `validation_failed`, `unavailable` when another process has taken the work
 */
export async function readBack(ctx: Context, reading: Reading): Promise<ReadBack | null> {
  const { drill, backup, isOver } = reading;
  const kept = await openFile(ctx, backup);
  const at: Position =
    drill.position === null ? { parts: [], totals: {}, files: 0 } : JSON.parse(drill.position);
  const into = {
    at,
    tables: inOrder(ctx.house.tables),
    hashes: new Map<string, string>(),
    seen: new Set<string>(),
  };
  let keptAt = performance.now();
  let isKnown = false;
  for await (const file of readTar(gunzipped(owned(kept)), {
    passes: (name) => isKnown && isPassed(name, into),
  })) {
    if (!isKnown) assertHead(file);
    const isNew = isKnown && look(file, into);
    isKnown = true;
    if (!isNew) continue;
    const isTurnOver = isOver();
    if (!isTurnOver && performance.now() - keptAt < KEPT_EVERY_MS) continue;
    await keep(ctx, reading, { at, isTurnOver });
    if (isTurnOver) return null;
    keptAt = performance.now();
  }
  if (!isKnown) throw notOurs();
  return compare(ctx, into, backup);
}

/**
 * That a backup is of this release, as its first file says: another one cannot be read back.
 * @throws {AppError} `bad_request`, `not_found`, `unavailable`
 */
export async function assertReadable(ctx: Context, backup: BackupRow): Promise<void> {
  for await (const file of readTar(gunzipped(owned(await openFile(ctx, backup))))) {
    assertHead(file);
    return;
  }
}

async function openFile(ctx: Context, backup: BackupRow): Promise<AsyncIterable<Uint8Array>> {
  const { place, fileName } = toFile(backup);
  const kept = await filesOf(ctx, place).read(fileName);
  if (kept === null) throw new AppError('not_found', 'The file of this backup is gone from its place.');
  return kept;
}

interface Into {
  at: Position;
  tables: readonly TableFile[];
  /** Of the files that rows name, by name. */
  hashes: Map<string, string>;
  /** Files that customers sent which went by in this turn. */
  seen: Set<string>;
}

/** Rows that name files are read by each turn, to know what the files are. */
function isPassed(name: string, into: Into): boolean {
  const { at, tables } = into;
  if (!name.startsWith(storedFolder))
    return at.parts.includes(name) && tableNamed(name, tables).options.files === undefined;
  into.seen.add(name);
  return into.seen.size <= at.files;
}

/** @returns whether no turn before looked at it @throws {AppError} `validation_failed` */
function look(file: ArchivedFile, { at, tables, hashes }: Into): boolean {
  if (file.name.startsWith(storedFolder)) {
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    if (hashes.get(file.name.slice(storedFolder.length)) !== sha256)
      throw refusedFile('archive_changed', { name: file.name });
    at.files += 1;
    return true;
  }
  const table = tableOf(file, tables);
  const { files } = table.options;
  if (files !== undefined)
    for (const { values } of readFile(file, table))
      hashes.set(String(values[files.name]), String(values[files.sha256]));
  if (at.parts.includes(file.name)) return false;
  addRows(at.totals, table, readFile(file, table));
  at.parts.push(file.name);
  return true;
}

/** @throws {AppError} `unavailable` when another process has taken the work */
async function keep(
  ctx: Context,
  { drill, me, begunAt }: Reading,
  { at, isTurnOver }: { at: Position; isTurnOver: boolean },
): Promise<void> {
  const rows = Object.values(at.totals).reduce((sum, table) => sum + table.rows, 0);
  const [kept] = await ctx.db.write([
    statement(
      `UPDATE backup_drills SET way = 'read', position = ?, accounts = ?, begun_at = ?, claimed_at = ?, begun = 1,
         claimed_by = CASE WHEN ? THEN NULL ELSE claimed_by END
       WHERE id = ? AND claimed_by = ? RETURNING id`,
      ...[JSON.stringify(at), rows, begunAt, ctx.now(), isTurnOver ? 1 : 0, drill.id, me],
    ),
  ]);
  if (kept?.length !== 1) throw new AppError('unavailable', 'Another process has taken this work.');
}

function compare(ctx: Context, { at, hashes, seen }: Into, { id, totals }: BackupRow): ReadBack {
  const read = at.totals;
  const counted: Totals = totals === null ? {} : JSON.parse(totals);
  const filesMissing = hashes.size - seen.size;
  const where = [
    ...differencesOf(read, { counted, tables: ctx.house.tables }),
    ...(filesMissing === 0 ? [] : [`${filesMissing} files`]),
  ];
  if (where.length > 0)
    ctx.log.warn('A backup is not what was counted when it was made: {where}', {
      id,
      where: where.join(', '),
    });
  const rowsOf = (table: string) => read[table]?.rows ?? 0;
  return {
    ...{ accounts: rowsOf('accounts'), differences: where.length },
    ...{ orders: rowsOf('orders'), entries: rowsOf('ledger'), filesMissing },
  };
}
