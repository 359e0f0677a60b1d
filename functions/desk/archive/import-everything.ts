import { z } from 'zod';
import { schemaName } from '../../../db/schema-name.ts';
import { StoreConflict, StoreUnavailable } from '../../../db/store.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { checkStaged } from './check-staged.ts';
import { headName, storedFolder } from './export-everything.ts';
import { findRefused } from './find-refused.ts';
import { gunzipped } from './gzip.ts';
import { inOrder } from './in-order.ts';
import { inUse, putIn, tablesInUse } from './put-in.ts';
import { readFile } from './read-file.ts';
import { quoted } from './read-table.ts';
import { openStaging, type Staging } from './staging.ts';
import { openStoredFiles, type StoredFilesIn } from './stored-files.ts';
import { type ArchivedFile, readTar } from './tar.ts';

export interface ImportedArchive {
  tables: number;
  rows: number;
  /** Stored files, such as attachments. */
  files: number;
  /** Stored files that rows name and the archive has not. */
  filesMissing: number;
}

/** What has come so far, told as it comes. */
export type OnArchiveProgress = (rows: number) => void;

/**
 * Brings everything that an archive holds into an empty portal, all of it or nothing: rows wait in a table of their own
 * until the archive is read to its end, and are then written in one unit. What follows from them is made anew by the jobs.
 * Whoever works in the portal already stays, as the person of the archive with the same address where there is one.
 * @throws {AppError} `unauthenticated`, `forbidden`, `proof_needed`, `database_not_empty`, `bad_request` for what is no archive
 * of this release, `validation_failed` with file, line, column and rule, `unavailable` without a place for its files
 */
export async function importEverything(
  ctx: Context,
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  onProgress: OnArchiveProgress = () => undefined,
): Promise<ImportedArchive> {
  allowRole(ctx.actor, ['owner']);
  allowProven(ctx);
  const tables = inOrder(ctx.house.tables);
  await assertEmpty(ctx, tables);
  const staging = await openStaging(ctx);
  const stored = openStoredFiles(ctx, staging);
  let told: ImportedArchive | null = null;
  try {
    await stage({ tables, staging, stored, onProgress }, readTar(gunzipped(chunks)));
    await checkStaged(ctx.db, staging, tables);
    const filesMissing = await stored.countMissing();
    const detail = { tables: staging.counts.size, rows: sumOf(staging), files: stored.count(), filesMissing };
    const audit = {
      kind: 'archive.imported',
      subjectKind: 'tables',
      subjectId: 'all',
      detail,
    } as const;
    told = detail;
    await putIn(ctx, { staging, tables, also: toStatements(ctx, { audit }) });
    return detail;
  } catch (error) {
    // The answer to the last write may be lost while all of it is written.
    if (told !== null && error instanceof StoreUnavailable && !(await staging.isThere())) return told;
    const reason =
      error instanceof StoreConflict
        ? await findRefused(ctx, error, { staging, tables }).catch((failure: unknown) => failure)
        : error;
    for (const remove of [stored.remove, staging.remove]) await leaveNothing(ctx, remove);
    throw reason;
  }
}

/** Why the archive was refused is told, even where something of it cannot be taken away. */
async function leaveNothing({ log }: Pick<Context, 'log'>, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    log.warn('Something of a refused archive was not taken away: {error}', { error });
  }
}

async function assertEmpty({ db }: Pick<Context, 'db'>, tables: readonly TableFile[]): Promise<void> {
  const names = tablesInUse(tables).map(({ name }) => name);
  const sql = `SELECT ${names.map((name) => `EXISTS (SELECT 1 FROM ${quoted(name)})`).join(', ')}`;
  const [row = []] = await db.fresh.read({ sql, args: [] });
  const used = names.filter((_, index) => row[index] === 1n);
  if (used.length > 0) throw inUse(used);
}

interface Staged {
  tables: readonly TableFile[];
  staging: Staging;
  stored: StoredFilesIn;
  onProgress: OnArchiveProgress;
}

async function stage(into: Staged, files: AsyncIterable<ArchivedFile>): Promise<void> {
  let isKnown = false;
  for await (const file of files) {
    if (!isKnown) assertHead(file);
    else if (file.name.startsWith(storedFolder)) await into.stored.add(file);
    else await stageTable(into, file);
    isKnown = true;
  }
  if (!isKnown) throw notOurs();
}

const headSchema = z.object({ kind: z.literal('regulars-archive'), schema: z.string() });

function assertHead({ name, bytes }: ArchivedFile): void {
  if (name !== headName) throw notOurs();
  const head = headSchema.safeParse(jsonOf(bytes));
  if (!head.success) throw notOurs();
  if (head.data.schema === schemaName) return;
  throw new AppError(
    'bad_request',
    `The archive is of another release (${head.data.schema}, here ${schemaName}). Bring it into a portal of that ` +
      'release, and upgrade that one.',
  );
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function notOurs(): AppError {
  return new AppError('bad_request', 'This is not an archive of a portal.');
}

async function stageTable({ tables, staging, onProgress }: Staged, file: ArchivedFile): Promise<void> {
  const name = /^([a-z_]+)(?:\.\d{1,6})?\.(?:ndjson|csv)$/.exec(file.name)?.[1];
  const table = tables.find((known) => known.name === name);
  if (table === undefined)
    throw new AppError('validation_failed', `${file.name} is no file of an archive. Nothing was brought in.`);
  await staging.add(table, file.name, readFile(file, table));
  onProgress(sumOf(staging));
}

function sumOf({ counts }: Staging): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
