import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assert } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { endProgress } from '../import-progress.ts';
import { endListed, listImport } from '../import-record.ts';
import { toldReason } from '../reason.ts';
import { endStep, keepWalk, openRowWalk, type RowWalk, type Slice } from '../row-walk.ts';
import { toldOfFeedback } from '../runs/run-report.ts';
import type { SourceFile } from '../source-file.ts';
import type { RowSink } from '../write-rejected.ts';
import { type FeedbackFile, parseTold, type RefusedRow } from './parse-told.ts';
import { readTold } from './read-told.ts';
import { ERRORS_MAX, type FeedbackReport } from './report.ts';
import { openSurveys, type SurveysOpen, type SurveysSeen, seeQuestion } from './surveys.ts';
import { writeFinishes } from './write-finishes.ts';
import { writeRejectedTold } from './write-rejected-told.ts';
import { type WrittenFeedback, writeStep } from './write-told.ts';

export interface FeedbackImport {
  file: SourceFile;
  isDryRun?: boolean;
  /** Whether it stands among past imports by itself; one of a slice does by its run. */
  isListed?: boolean;
  /** Where rows go that were left out, to be mended; written only when there are any. */
  openRejected?: () => Promise<RowSink>;
  onProgress?: (at: { phase: 'read' | 'write'; rows: number; of: number | null }) => void;
}

/** Rows written together: short transactions, so that a server beside it stays quick. */
const ROWS_PER_STEP = 200;

/**
 * Brings what a feedback export holds into this database, ids, times and words as they were; a row that is there already is
 * left alone, so that a file can be imported again and a killed import run once more. A row that is wrong is reported with
 * its line and never stops the file. People and accounts that are not known are made, unclaimed. Attachments, internal
 * notes, incentives and the wording of questions are not in the file.
 * @throws {AppError} when the file cannot be read or has other columns, and what `allow` throws for `feedback:write`
 */
export async function importFeedback(ctx: Context, request: FeedbackImport): Promise<FeedbackReport> {
  const told = await importFeedbackSlice(ctx, { ...request, slice: null });
  assert(told !== null, 'an import that nobody interrupts is whole');
  return told;
}

/**
 * A part of the same: begins an import, or goes on with it where the slice before was over, or killed. What it tells at
 * its end is what one uninterrupted import tells; null while there is more to do.
 * @throws {AppError} as `importFeedback`
 */
export async function importFeedbackSlice(
  ctx: Context,
  { slice, ...request }: FeedbackImport & { slice: Slice | null },
): Promise<FeedbackReport | null> {
  allow(ctx.actor, 'feedback:write');
  const startedAt = performance.now();
  const report: FeedbackReport = {
    answers: { created: 0, unchanged: 0, rejected: 0 },
    customers: { created: 0 },
    lines: 0,
    errors: [],
    seconds: 0,
  };
  const took = (before = 0) => Math.round((before + (performance.now() - startedAt) / 1000) * 1000) / 1000;
  if (request.isDryRun === true) {
    await look(request, report);
    await writeRejectedRows(request, report);
    return { ...report, errors: report.errors.sort(byLine), seconds: took() };
  }
  const opened = await openRowWalk<Told, WrittenFeedback, RefusedRow>(ctx, slice, {
    phase: 'rows',
    told: { created: 0, unchanged: 0, customers: 0, seconds: 0, report: null },
  });
  if (opened.isOver) return opened.told.report;
  const { walk } = opened;
  const before = walk.told.seconds;
  const tick = () => {
    walk.told.seconds = took(before);
  };
  const seen = await look(request, report);
  for (const one of walk.keptBefore) refuse(report, one);
  const surveys = await openSurveys(ctx, seen);
  const isListed = request.isListed === true && slice === null;
  const listedAs = isListed ? await listImport(ctx, { kind: 'feedback', fileName: request.file.name }) : null;
  const walking: Walking = { request, report, surveys, walk, tick, listedAs };
  if (!(await walkRows(ctx, walking)) || !(await walkFinishes(ctx, walking))) return null;
  tick();
  return tell(ctx, walking);
}

/** What is kept of an import under way, but for the refused rows; the report once it is over. */
interface Told extends Pick<WrittenFeedback, 'created' | 'unchanged' | 'customers'> {
  seconds: number;
  report: FeedbackReport | null;
}

interface Walking {
  request: FeedbackImport;
  report: FeedbackReport;
  surveys: SurveysOpen;
  walk: RowWalk<Told, WrittenFeedback, RefusedRow>;
  tick: () => void;
  /** Among past imports. */
  listedAs: string | null;
}

const byLine = (left: { line: number }, right: { line: number }) => left.line - right.line;

/** The first reading: what cannot be taken, and which questions the answers answer. */
async function look(request: FeedbackImport, report: FeedbackReport): Promise<SurveysSeen> {
  const seen: SurveysSeen = new Map();
  for await (const rows of readTold(request.file)) {
    for (const row of rows) {
      const told = parseTold(row);
      const reason = 'reason' in told ? told.reason : told.is === 'answer' ? seeQuestion(seen, told) : null;
      if (reason !== null) refuse(report, { fileLine: row.line, id: row.cells.id, reason });
    }
    report.lines += rows.length;
    request.onProgress?.({ phase: 'read', rows: report.lines, of: null });
  }
  return seen;
}

/** Writes the rows that are left; false when the turn is over before they are. */
async function walkRows(ctx: Context, { request, report, surveys, walk, tick }: Walking): Promise<boolean> {
  if (walk.phase !== 'rows') return true;
  const refused = new Set(report.errors.map(({ line }) => line));
  let isFirst = true;
  for await (const step of stepsOf(request.file, walk.reached)) {
    const entries = step.filter(({ fileLine }) => !refused.has(fileLine));
    // Of a step that was cut off some rows may be written.
    const marks = isFirst ? walk.marks : new Map<string, WrittenFeedback>();
    const done = await writeStep(ctx, entries, { surveys, run: walk.slice?.run ?? null, marks });
    isFirst = false;
    walk.told.created += done.created;
    walk.told.unchanged += done.unchanged;
    walk.told.customers += done.customers;
    for (const one of done.refused) refuse(report, one);
    tick();
    const rows = walk.reached + step.length;
    request.onProgress?.({ phase: 'write', rows, of: report.lines });
    const ended = { rows: step.length, beside: done.refused, hasWritten: true };
    if (!(await endStep(ctx, walk, ended))) return false;
  }
  Object.assign(walk, { phase: 'finishes', reached: 0 });
  await keepWalk(ctx, walk);
  return true;
}

/** Once all answers are there: a finished questionnaire takes no more of them. */
async function walkFinishes(ctx: Context, { request, surveys, walk, tick }: Walking): Promise<boolean> {
  if (surveys.size === 0) return true;
  for await (const step of stepsOf(request.file, walk.reached)) {
    await writeFinishes(ctx, step, surveys);
    tick();
    if (!(await endStep(ctx, walk, { rows: step.length, beside: [], hasWritten: false }))) return false;
  }
  return true;
}

/** Keeps what the import told, with the line of the log. */
async function tell(ctx: Context, { request, report, walk, listedAs }: Walking): Promise<FeedbackReport> {
  await writeRejectedRows(request, report);
  const { created, unchanged, customers, seconds } = walk.told;
  const answers = { ...report.answers, created, unchanged };
  const told = {
    ...report,
    ...{ answers, customers: { created: customers }, errors: report.errors.sort(byLine), seconds },
  };
  const end = {
    phase: 'over',
    reached: '',
    steps: walk.steps,
    told: { ...walk.told, report: told },
  } as const;
  await writeDecision(ctx, {
    rows: endListed(ctx, listedAs, toldOfFeedback(told)),
    audit: {
      kind: 'feedback.imported',
      subjectKind: 'import',
      subjectId: walk.slice?.run ?? listedAs ?? newId(),
      detail: { ...answers, customers },
    },
    beside: walk.slice === null ? [] : endProgress(walk.slice.run, end),
  });
  return told;
}

async function writeRejectedRows(
  { file, openRejected }: FeedbackImport,
  report: FeedbackReport,
): Promise<void> {
  if (openRejected === undefined || report.errors.length === 0) return;
  const reasons = new Map(report.errors.map(({ line, why }) => [line, why]));
  report.rejectedRows = await writeRejectedTold(file, reasons, await openRejected());
}

/** The rows that can be read, some at a time, from a place on. */
async function* stepsOf(file: SourceFile, from: number): AsyncGenerator<FeedbackFile[]> {
  let step: FeedbackFile[] = [];
  let before = 0;
  for await (const rows of readTold(file)) {
    for (const row of rows) {
      const told = parseTold(row);
      if ('reason' in told) continue;
      before += 1;
      if (before <= from) continue;
      step.push(told);
      if (step.length < ROWS_PER_STEP) continue;
      yield step;
      step = [];
    }
  }
  if (step.length > 0) yield step;
}

function refuse(report: FeedbackReport, { fileLine, id, reason }: RefusedRow): void {
  report.answers.rejected += 1;
  if (report.errors.length < ERRORS_MAX)
    report.errors.push({ line: fileLine, id: id.slice(0, 80), ...toldReason(reason) });
}
