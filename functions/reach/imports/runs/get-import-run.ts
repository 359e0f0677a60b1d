import { allow, allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { type Reason, reasonText } from '../reason.ts';
import { wordReasons } from '../write-rejected.ts';
import { getRun } from './find-run.ts';
import { allowKind, type ImportRun } from './run.ts';
import { rejectedName } from './run-tools.ts';

/** @throws {AppError} `scope_missing`, `forbidden`, `not_found` */
export async function getImportRun(ctx: Context, id: string): Promise<ImportRun> {
  const run = await getRun(ctx.db, id, ctx.now());
  allowKind(ctx.actor, run.kind, 'imports:read');
  return run;
}

/** An archive that comes in, for pages and programs. @throws {AppError} `forbidden`, `scope_missing`, `not_found` */
export async function getArchiveRun(ctx: Context, id: string): Promise<ImportRun> {
  allow(ctx.actor, 'archive:write');
  const run = await getRun(ctx.db, id, ctx.now());
  if (run.kind !== 'archive') throw new AppError('not_found', 'There is no such import.');
  return run;
}

/** The rows that were left out, with the reason behind each in words, to be mended. @throws {AppError} `scope_missing`, `forbidden`, `not_found`, `proof_needed` */
export async function readRejectedRows(
  ctx: Context,
  id: string,
  wordsOf: (reason: Reason) => string = reasonText,
): Promise<{ fileName: string; chunks: AsyncIterable<Uint8Array> }> {
  const run = await assertRejectedRows(ctx, id);
  const chunks = await ctx.largeFiles?.read(rejectedName(id));
  if (!chunks) throw noSuchRows();
  return { fileName: run.fileName, chunks: wordReasons(chunks, wordsOf) };
}

/** That there are such rows, and they may be read. @throws {AppError} as `readRejectedRows` */
export async function assertRejectedRows(ctx: Context, id: string): Promise<ImportRun> {
  const run = await getImportRun(ctx, id);
  allowProven(ctx);
  if (run.rejectedRows === 0 || !(await ctx.largeFiles?.has(rejectedName(id)))) throw noSuchRows();
  return run;
}

const noSuchRows = () => new AppError('not_found', 'There are no such rows.');
