import { statement } from '../../../db/query.ts';
import { StoreConflict, StoreUnavailable } from '../../../db/store.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { allow, allowProven } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { removeArchiveRows } from '../../reach/imports/runs/archive-rows.ts';
import { mayPass } from '../../reach/imports/runs/may-pass.ts';
import { readErasures } from '../erasure/erasure-list.ts';
import { reapplyErasures } from '../erasure/reapply-erasures.ts';
import { checkStaged } from './check-staged.ts';
import { findRefused, wasRefused } from './find-refused.ts';
import { gunzipped, telling } from './gzip.ts';
import { findImporter } from './importer-stays.ts';
import { inOrder } from './in-order.ts';
import { type HeldPlace, type Holder, takePlace } from './place.ts';
import { inUse, putIn, tablesInUse } from './put-in.ts';
import { quoted } from './read-table.ts';
import { stageArchive } from './stage-archive.ts';
import { openStaging, type Staging } from './staging.ts';
import { openStoredFiles, type StoredFilesIn } from './stored-files.ts';

export interface ImportedArchive {
  tables: number;
  rows: number;
  /** Stored files, such as attachments. */
  files: number;
  /** Stored files that rows name and the archive has not. */
  filesMissing: number;
}

/** What an archive is at: its rows come and wait, then all of them are looked at together and written. */
export type OnArchiveProgress = (phase: 'read' | 'write', rows: number) => void;

export interface ArchiveImport {
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** The run that it is the work of, which is gone on with where it was left; null for one that is done in one go. */
  run: string | null;
  onProgress?: OnArchiveProgress;
  /** The process that works on the run; one by itself where it is left out. */
  by?: Pick<Holder, 'me' | 'isGone'>;
  /** Asked after each step: whether the rest has to wait for the process's next turn. */
  isOver: () => boolean;
}

/** Until the next turn comes, nobody else begins. */
const TURN_COMES_WITHIN_MS = 5 * 60_000;

/**
 * Brings everything that an archive holds into an empty portal, all of it or nothing: rows wait in a table of their own
 * until the archive is read to its end, and are then written in one unit. What follows from them is made anew by the jobs.
 * Whoever works in the portal already stays, as the person of the archive with the same address where there is one.
 * @throws {AppError} `unauthenticated`, `forbidden`, `scope_missing`, `proof_needed`, `database_not_empty`, `bad_request` for
 * what is no archive of this release, `validation_failed` with file, line, column and rule, `unavailable` without a place for
 * its files or while another archive is being brought in
 */
export async function importEverything(
  ctx: Context,
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  onProgress?: OnArchiveProgress,
): Promise<ImportedArchive> {
  const told = await importArchiveSlice(ctx, {
    ...{ chunks, run: null, isOver: () => false },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  assert(told !== null, 'a turn without end is not over');
  return told;
}

/** As {@link importEverything}, a part of the way: null when the turn was over, and the same run goes on from there. */
export async function importArchiveSlice(
  ctx: Context,
  { chunks, run, by, onProgress = () => undefined, isOver }: ArchiveImport,
): Promise<ImportedArchive | null> {
  allow(ctx.actor, 'archive:write');
  allowProven(ctx);
  const broughtIn = run === null ? null : await findBroughtIn(ctx, run);
  if (broughtIn !== null) {
    // The process may have ended before it came to that.
    await reapplyErasures(ctx);
    return broughtIn;
  }
  const holder = run ?? newId();
  const place = await takePlace(ctx, { what: 'in', work: holder, ...(by ?? byItself()) });
  let isLeft = false;
  try {
    const told = await bringIn(ctx, { holder, place, chunks, run, onProgress, isOver });
    // Whoever was erased since the archive was taken does not come back with it.
    if (told !== null) await reapplyErasures(ctx);
    if (told === null) {
      await place.keepFor(TURN_COMES_WITHIN_MS);
      isLeft = true;
    }
    return told;
  } catch (error) {
    const isLost = run === null || !isGoneOnWith(error);
    if (isLost && (await isStillHeld(place))) await removeArchiveRows(ctx, holder);
    throw error;
  } finally {
    if (!isLeft) await leave(ctx, place);
  }
}

const byItself = () => ({ me: newId(), isGone: () => false });

/** What waits is of another process by now, when that took the place over; what cannot be asked leaves it for later. */
async function isStillHeld(place: HeldPlace): Promise<boolean> {
  try {
    return await place.isHeld();
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

/** What a run has so far stays: it is taken up again, or whoever stopped it or took it over knows what becomes of it. */
function isGoneOnWith(error: unknown): boolean {
  return mayPass(error) || (error instanceof AppError && error.code === 'import_run_moved');
}

interface Bringing extends Required<Omit<ArchiveImport, 'by'>> {
  holder: string;
  place: HeldPlace;
}

async function bringIn(ctx: Context, work: Bringing): Promise<ImportedArchive | null> {
  const { holder, place, chunks, onProgress, isOver } = work;
  const tables = inOrder(ctx.house.tables);
  await assertEmpty(ctx, tables);
  const staging = await openStaging(ctx, { holder, place, tables });
  const stored = openStoredFiles(ctx, staging);
  const importer = await findImporter(ctx);
  const found = (refused: StoreConflict | null) => findRefused(ctx, refused, { staging, tables, isOver });
  let told: ImportedArchive | null = null;
  try {
    const onRows = (rows: number) => onProgress('read', rows);
    const into = { tables, staging, stored, importer, onRows, isOver };
    const unpacked = telling(gunzipped(chunks), () => onRows(staging.rows()));
    if (!(await stageArchive(into, unpacked))) return null;
    onProgress('write', staging.rows());
    if (!(await checkStaged(ctx.db, { staging, tables, isOver }))) return null;
    if (wasRefused(staging)) return refuse(await found(null));
    told = await countIn(staging, stored);
    await staging.stay();
    // From then on a job knows who is not to come back, whatever happens to this process.
    await readErasures(ctx);
    await putIn(ctx, { staging, tables, also: toldOf(ctx, told, work) });
    return told;
  } catch (error) {
    // The answer to the last write may be lost while all of it is written.
    if (told !== null && error instanceof StoreUnavailable && !(await staging.isThere())) return told;
    if (!(error instanceof StoreConflict)) throw error;
    return refuse(await found(error));
  }
}

/** Null when the turn was over before it was found. @throws {AppError} */
function refuse(refusal: AppError | null): null {
  if (refusal !== null) throw refusal;
  return null;
}

async function countIn(staging: Staging, stored: StoredFilesIn): Promise<ImportedArchive> {
  const filesMissing = await stored.countMissing();
  return { tables: staging.counts.size, rows: staging.rows(), files: stored.count(), filesMissing };
}

/** The line of the log about it; of a run that belongs to a page or the API it says which. */
function toldOf(ctx: Context, { tables, rows, files, filesMissing }: ImportedArchive, { run }: Bringing) {
  const detail = { tables, rows, files, filesMissing };
  const subject =
    run === null ? { subjectKind: 'tables', subjectId: 'all' } : { subjectKind: 'import', subjectId: run };
  return toStatements(ctx, { audit: { kind: 'archive.imported', ...subject, detail } });
}

/** What a run brought in whose process ended before it could tell. */
async function findBroughtIn({ db }: Pick<Context, 'db'>, run: string): Promise<ImportedArchive | null> {
  const [row] = await db.fresh.read(
    statement(
      "SELECT detail FROM audit_log WHERE subject_kind = 'import' AND subject_id = ? AND act = 'archive.imported'",
      run,
    ),
  );
  return row === undefined ? null : JSON.parse(String(row[0]));
}

/** Why the archive was refused is told, even where the place cannot be given up. */
async function leave({ log }: Pick<Context, 'log'>, place: HeldPlace): Promise<void> {
  try {
    await place.leave();
  } catch (error) {
    log.warn('The place of an archive was not left: {reason}', { reason: reasonOf(error) });
  }
}

/** @throws {AppError} `database_not_empty` */
export async function assertEmpty({ db }: Pick<Context, 'db'>, tables: readonly TableFile[]): Promise<void> {
  const names = tablesInUse(tables).map(({ name }) => name);
  const sql = `SELECT ${names.map((name) => `EXISTS (SELECT 1 FROM ${quoted(name)})`).join(', ')}`;
  const [row = []] = await db.fresh.read({ sql, args: [] });
  const used = names.filter((_, index) => row[index] === 1n);
  if (used.length > 0) throw inUse(used);
}
