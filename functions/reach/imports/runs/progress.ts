import { isHeldBack } from '../../../../db/hold-back.ts';
import { statement } from '../../../../db/query.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { everyOnce } from '../../../ground/platform/every-once.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';
import type { RunProgress } from './run.ts';

const TOLD_EVERY_MS = 1000;

/** Somebody stopped the run, or another process took it: whatever is under way ends. */
const stopped = () => new AppError('import_run_moved', 'The import was stopped.');
/** The process was asked to end, or its turn is over: the run is taken up again. */
export const left = () => new AppError('unavailable', 'The import goes on by and by.');

export interface ProgressTeller {
  /** Notes how far the work is. @throws {AppError} `import_run_moved`, `unavailable` */
  at: (phase: RunProgress['phase'], rows: number, of: number | null) => void;
  stop: () => void;
}

/** Writes how far the work on a run is into its row, at most once a second, which also says that somebody is at it. */
export function openProgress(ctx: Context, { id, me }: { id: string; me: string }): ProgressTeller {
  const now: Told = { phase: 'read', phaseAt: ctx.now(), rows: 0, of: null };
  let isStopped = false;
  const tell = async () => {
    const [rows] = await ctx.db.write([
      statement(
        `UPDATE import_runs SET phase = ?, phase_at = ?, rows_done = ?, rows_total = ?, progress_at = ?
         WHERE id = ? AND claimed_by = ? RETURNING id`,
        ...[now.phase, now.phaseAt, now.rows, now.of, ctx.now(), id, me],
      ),
    ]);
    if (rows?.length === 0) isStopped = true;
  };
  const { stop } = everyOnce(TOLD_EVERY_MS, () =>
    tell().catch((error: unknown) => {
      if (!isHeldBack(error))
        ctx.log.warn('How far an import is was not written down: {reason}', { reason: reasonOf(error) });
    }),
  );
  return {
    at: (phase, rows, of) => {
      if (phase !== now.phase) now.phaseAt = ctx.now();
      Object.assign(now, { phase, rows, of });
      if (isStopped) throw stopped();
      if (ctx.isEnding?.()) throw left();
    },
    stop,
  };
}

interface Told {
  phase: RunProgress['phase'];
  phaseAt: number;
  rows: number;
  of: number | null;
}

/** @throws {AppError} `import_run_moved` when the run was stopped or taken by another process meanwhile */
export function assertMine(run: { claimedBy: string | null }, { me }: { me: string }): void {
  if (run.claimedBy !== me) throw stopped();
}
