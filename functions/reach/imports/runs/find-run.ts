import type { importRuns } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { readFailure } from '../refused-file.ts';
import { findRunRow } from './queries.ts';
import type { ImportRun, RunProgress } from './run.ts';

type RunRow = typeof importRuns.$inferSelect;

/** @throws {AppError} `not_found` */
export async function getRun(db: Store, id: string, now: number): Promise<ImportRun> {
  const [row] = await findRunRow(db, { id });
  if (row === undefined) throw new AppError('not_found', 'There is no such import.');
  return readRun(row, now);
}

function readRun(row: RunRow, now: number): ImportRun {
  const {
    look,
    map,
    preview,
    report,
    rejectedRows,
    phase,
    phaseAt,
    rowsDone,
    rowsTotal,
    progressAt,
    failure,
    ...rest
  } = row;
  const told = readFailure(failure);
  return {
    ...rest,
    failure: told.failure,
    whyFailed: told.why,
    look: read(look),
    map: read(map),
    preview: read(preview),
    report: read(report),
    rejectedRows: rejectedRows ?? 0,
    progress:
      phase === null
        ? null
        : progressOf({ phase, phaseAt, rowsDone, rowsTotal, progressAt: progressAt ?? now }),
  };
}

/** What we wrote ourselves. */
function read<Kept>(text: string | null): Kept | null {
  return text === null ? null : JSON.parse(text);
}

/** A rate of less than two seconds says nothing. */
const RATE_MS_MIN = 2000;

function progressOf({
  phase,
  phaseAt,
  rowsDone,
  rowsTotal,
  progressAt,
}: {
  phase: RunProgress['phase'];
  phaseAt: number | null;
  rowsDone: number;
  rowsTotal: number | null;
  progressAt: number;
}): RunProgress {
  const took_ms = progressAt - (phaseAt ?? progressAt);
  const perSecond = took_ms < RATE_MS_MIN || rowsDone === 0 ? null : (rowsDone * 1000) / took_ms;
  return {
    phase,
    rows: rowsDone,
    of: rowsTotal,
    perSecond: perSecond === null ? null : Math.round(perSecond),
    left_s:
      perSecond === null || rowsTotal === null || perSecond < 1
        ? null
        : Math.ceil(Math.max(0, rowsTotal - rowsDone) / perSecond),
  };
}
