import { insertInto, statement } from '../../../../db/query.ts';
import { importRunSteps } from '../../../../db/schema/index.ts';
import type { Statement, Value } from '../../../../db/store.ts';
import type { AuditKind } from '../../../ground/audit/audit-kind.ts';
import { changesOf } from '../../../ground/audit/changes.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { isUnchanged, type Unchanged } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { getRun } from './find-run.ts';
import { endedStates, type ImportRun, type ImportRunState } from './run.ts';

const insertStep = insertInto(importRunSteps);

/** Columns that a move may set beside the state. */
type Settable =
  | 'file_bytes'
  | 'look'
  | 'map'
  | 'currency'
  | 'preview'
  | 'report'
  | 'import_id'
  | 'claimed_by'
  | 'failure'
  | 'rejected_rows'
  | 'finished_at';

/** Where a run goes, what is kept of it beside, and what the log tells. */
export interface RunMove {
  to: ImportRunState;
  set?: Partial<Record<Settable, Value>>;
  audit?: AuditKind;
  rows?: readonly Statement[];
}

/** Where a run is after a move. */
export interface MovedRun {
  id: string;
  state: ImportRunState;
}

/**
 * Decides on a run as it is now and writes where it goes; when somebody else moved it meanwhile, it is decided on anew.
 * @throws {AppError} `not_found`, and what `decide` throws
 */
export function moveRun(
  ctx: Context,
  id: string,
  decide: (run: ImportRun) => RunMove | Unchanged,
  { alongside = () => [] }: Alongside<MovedRun> = {},
): Promise<MovedRun> {
  return retrying(ctx, { subject: 'import', conflicts: ['import_run_steps.run_id'] }, async () => {
    const run = await getRun(ctx.db.fresh, id, ctx.now());
    const move = decide(run);
    const moved = { id, state: isUnchanged(move) ? run.state : move.to };
    const beside = alongside(moved, 200);
    await writeDecision(ctx, { ...(isUnchanged(move) ? {} : toDecision(ctx, run, move)), beside });
    return moved;
  });
}

function toDecision(
  ctx: Context,
  { id, seq, kind, state }: ImportRun,
  { to, set = {}, audit, rows = [] }: RunMove,
): Decision {
  const next = seq + 1;
  // Its sample rows say what customers are called; nothing reads them once a run is over.
  const kept: NonNullable<RunMove['set']> = endedStates.includes(to) ? { ...set, look: null } : set;
  const columns = Object.entries({
    ...{
      state: to,
      seq: next,
      claimed_by: null,
      phase: null,
      phase_at: null,
      rows_done: 0,
      rows_total: null,
    },
    ...kept,
  });
  const update = `UPDATE import_runs SET ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`;
  return {
    rows: [
      insertStep({ runId: id, seq: next, state: to, at: ctx.now(), actor: actorName(ctx.actor) }),
      statement(update, ...columns.map(([, value]) => value), id),
      ...rows,
    ],
    audit:
      audit === undefined
        ? null
        : {
            ...{ kind: audit, subjectKind: 'import', subjectId: id },
            detail: { file: kind, ...changesOf({ state }, { state: to }) },
          },
  };
}

/** @throws {AppError} `import_run_moved` when a run is no longer where that can be done */
export function assertIn(run: ImportRun, states: readonly ImportRunState[]): void {
  if (states.includes(run.state)) return;
  throw new AppError('import_run_moved', `This cannot be done now: the import is ${run.state}.`);
}
