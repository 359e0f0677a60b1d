import { statement } from '../../../../db/query.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import type { Actor, Context, Scope } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';
import { keepFailure, refusedFile } from '../refused-file.ts';
import { removeArchiveRows } from './archive-rows.ts';
import { checkFile } from './check-file.ts';
import { getRun } from './find-run.ts';
import { importFile } from './import-file.ts';
import { mayPass } from './may-pass.ts';
import { moveRun } from './move-run.ts';
import { openProgress } from './progress.ts';
import { findStepActor, listToDo } from './queries.ts';
import type { ImportRun } from './run.ts';
import { forgetRun, type RunTools } from './run-tools.ts';
import { takeBackFile } from './take-back-file.ts';

/** Of a process elsewhere that nothing was heard of for so long. */
const SILENT_MS_MAX = 5 * 60_000;

/**
 * Works on the oldest run that waits for it and whose file lies here, to its end: looks through a file, imports one, or
 * undoes one. One that a process left half-way, by whatever way it ended, is taken up again: the engine ends in the
 * same when it is run again.
 * @returns false when there was nothing to do
 */
export async function workOnNextRun(ctx: Context, tools: RunTools): Promise<boolean> {
  for (const one of await listToDo(ctx.db.fresh)) {
    if (!isFree(one, tools, ctx.now())) continue;
    if (one.state !== 'undoing' && !(await ctx.largeFiles?.has(one.id))) continue;
    if (!(await claim(ctx, one, tools.me))) continue;
    await workOn(ctx, one.id, tools);
    return true;
  }
  return false;
}

type ToDo = Awaited<ReturnType<typeof listToDo>>[number];

function isFree({ claimedBy, progressAt }: ToDo, { isGone }: RunTools, now: number): boolean {
  return claimedBy === null || isGone(claimedBy) || now - (progressAt ?? 0) > SILENT_MS_MAX;
}

/** Of two processes that want the same run, one gets it. */
async function claim(ctx: Context, { id, claimedBy, state }: ToDo, me: string): Promise<boolean> {
  const [rows] = await ctx.db.write([
    statement(
      `UPDATE import_runs SET claimed_by = ?, progress_at = ?
       WHERE id = ? AND state = ? AND claimed_by IS ? RETURNING id`,
      ...[me, ctx.now(), id, state, claimedBy],
    ),
  ]);
  return rows?.length === 1;
}

async function workOn(ctx: Context, id: string, tools: RunTools): Promise<void> {
  const run = await getRun(ctx.db.fresh, id, ctx.now());
  const acting = { ...ctx, actor: await actorOf(ctx, run) };
  const progress = openProgress(acting, { id, me: tools.me });
  try {
    if (run.state === 'checking') await checkFile(acting, { run, tools, progress });
    else if (run.state === 'undoing') await takeBackFile(acting, { run, tools, progress });
    else await importFile(acting, { run, tools, progress });
  } catch (error) {
    progress.stop();
    await giveUp(ctx, { id, tools, error });
  } finally {
    progress.stop();
  }
}

/** Who pressed for what the run is at: what comes of it is theirs. */
async function actorOf(ctx: Context, { id, seq, kind }: ImportRun): Promise<Actor> {
  const [step] = await findStepActor(ctx.db.fresh, { id, seq });
  const [, by, actorId] = /^(staff|key):(.+)$/.exec(step?.actor ?? '') ?? [];
  if (actorId === undefined) return ctx.actor;
  // They were asked for this role when they pressed, and a key for the scope that gives these.
  if (by === 'staff') return { kind: by, id: actorId, role: kind === 'archive' ? 'owner' : 'manager' };
  return { kind: 'key', id: actorId, scopes: kind === 'archive' ? ['archive:write'] : rowScopes };
}

const rowScopes: readonly Scope[] = ['orders:write', 'customers:write', 'feedback:write'];

/** What may go well later is left to be taken up again; anything else ends the run, with its reason. */
async function giveUp(
  ctx: Context,
  { id, tools, error }: { id: string; tools: RunTools; error: unknown },
): Promise<void> {
  const { me } = tools;
  if (error instanceof AppError && error.code === 'import_run_moved') {
    const { state } = await getRun(ctx.db.fresh, id, ctx.now());
    if (state !== 'cancelled' && state !== 'failed') return;
    await ctx.db.write(forgetRun(id));
    await removeArchiveRows(ctx, id);
    return;
  }
  if (mayPass(error)) {
    await ctx.db.write([
      statement('UPDATE import_runs SET claimed_by = NULL WHERE id = ? AND claimed_by = ?', id, me),
    ]);
    if (ctx.isEnding?.() === true || tools.isOver()) return;
    throw error;
  }
  const failure = keepFailure(
    error instanceof AppError && error.status < 500 ? error : refusedFile('other', {}, { as: 'internal' }),
  );
  if (!(error instanceof AppError))
    ctx.log.error('An import failed: {reason}', { id, reason: reasonOf(error) });
  await moveRun(ctx, id, (run) =>
    run.claimedBy === me
      ? { to: 'failed', set: { failure, finished_at: ctx.now() }, rows: forgetRun(id) }
      : unchanged,
  );
}
