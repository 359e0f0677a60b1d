import { eq, sql } from 'drizzle-orm';
import { insertInto, query, queryOne, statement } from '../../../db/query.ts';
import { importMarks, importProgress, importRefusals } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import type { ImportReport } from './report.ts';
import type { Refusal, UnitTally } from './tally.ts';

/** How far an import has come; `Told` is what it tells at its end. */
export interface Position<Told = ToldSoFar> {
  phase: 'accounts' | 'refunds' | 'rows' | 'finishes' | 'undo' | 'over';
  /**
   * The key of the last account, or in `refunds` of the last order, that is done; '' before the first. In `rows` and
   * `finishes` how many rows are done.
   */
  reached: string;
  steps: number;
  told: Told;
}

export interface ToldSoFar {
  report: ImportReport;
  /** Rows that are done. */
  rows: number;
  /** See `tallyOf`; of a dry run alone, since any other finds them in the database. */
  brought: string[];
}

/** What is kept of an import that was begun: its position and what it did since then. */
export interface KeptProgress<Told = ToldSoFar, Tally = UnitTally, Refused = Refusal> extends Position<Told> {
  importId: string | null;
  /** What was written since, by account or rows. */
  marks: ReadonlyMap<string, Tally>;
  refusals: Refused[];
}

const findProgress = queryOne((db) =>
  db
    .select()
    .from(importProgress)
    .where(eq(importProgress.run, sql.placeholder('run'))),
);

const listMarks = query((db) =>
  db
    .select({ unit: importMarks.unit, tally: importMarks.tally })
    .from(importMarks)
    .where(eq(importMarks.run, sql.placeholder('run'))),
);

const listRefusals = query((db) =>
  db
    .select({ refusals: importRefusals.refusals })
    .from(importRefusals)
    .where(eq(importRefusals.run, sql.placeholder('run')))
    .orderBy(importRefusals.step),
);

/** Null for a run that nobody began. */
export async function findKeptProgress<Told = ToldSoFar, Tally = UnitTally, Refused = Refusal>(
  ctx: Context,
  run: string,
): Promise<KeptProgress<Told, Tally, Refused> | null> {
  const db = ctx.db.fresh;
  const [row, marks, refusals] = await Promise.all([
    findProgress(db, { run }),
    listMarks(db, { run }),
    listRefusals(db, { run }),
  ]);
  if (row === null) return null;
  return {
    importId: row.importId,
    phase: row.phase,
    reached: row.reached,
    steps: row.steps,
    told: JSON.parse(row.told),
    marks: new Map(marks.map(({ unit, tally }) => [unit, JSON.parse(tally)])),
    refusals: refusals.flatMap(({ refusals }): Refused[] => JSON.parse(refusals)),
  };
}

const insertProgress = insertInto(importProgress);
const insertMark = insertInto(importMarks);
const insertRefusals = insertInto(importRefusals);

export function beginProgress<Told>(
  run: string,
  importId: string | null,
  { told, ...at }: Position<Told>,
): Statement {
  return insertProgress({ run, importId, ...at, told: exactJson(told) });
}

/** Rides along with the write of one account, or of some rows, so that it is counted once, whatever happens next. */
export function markUnit<Tally = UnitTally>(run: string, unit: string, tally: Tally): Statement {
  return insertMark({ run, unit, tally: exactJson(tally) });
}

/** After a step: where it came to, with all that its marks said. */
export function movePosition<Told, Refused = Refusal>(
  run: string,
  { phase, reached, steps, told }: Position<Told>,
  refusals: readonly Refused[],
): Statement[] {
  return [
    statement(
      'UPDATE import_progress SET phase = ?, reached = ?, steps = ?, told = ? WHERE run = ?',
      ...[phase, reached, steps, exactJson(told), run],
    ),
    statement('DELETE FROM import_marks WHERE run = ?', run),
    ...(refusals.length === 0 ? [] : [insertRefusals({ run, step: steps, refusals: exactJson(refusals) })]),
  ];
}

/** At the end of an import: what it told is all that stays. */
export function endProgress<Told>(run: string, position: Position<Told>): Statement[] {
  return [
    ...movePosition(run, { ...position, phase: 'over' }, []),
    statement('DELETE FROM import_refusals WHERE run = ?', run),
  ];
}

/** Once whoever asked for the import has kept what it told, or asks for it no longer. */
export function forgetProgress(run: string): Statement[] {
  return ['import_progress', 'import_marks', 'import_refusals'].map((table) =>
    statement(`DELETE FROM ${table} WHERE run = ?`, run),
  );
}
