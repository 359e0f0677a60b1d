import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { toldReason } from '../reason.ts';
import type { SourceFile } from '../source-file.ts';
import { type FeedbackFile, parseTold, type RefusedRow } from './parse-told.ts';
import { readTold } from './read-told.ts';
import { ERRORS_MAX, type FeedbackReport } from './report.ts';
import { openSurveys, type SurveysOpen, type SurveysSeen, seeQuestion } from './surveys.ts';
import { writeFinishes, writeTold } from './write-told.ts';

export interface FeedbackImport {
  file: SourceFile;
  isDryRun?: boolean;
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
  allow(ctx.actor, 'feedback:write');
  const startedAt = performance.now();
  const report: FeedbackReport = {
    answers: { created: 0, unchanged: 0, rejected: 0 },
    customers: { created: 0 },
    lines: 0,
    errors: [],
    seconds: 0,
  };
  const seen = await look(request, report);
  if (request.isDryRun !== true) {
    const surveys = await openSurveys(ctx, seen);
    await write(ctx, { request, surveys, report });
    await finish(ctx, { request, surveys });
    const { answers, customers } = report;
    const detail = { ...answers, customers: customers.created };
    await writeDecision(ctx, {
      audit: { kind: 'feedback.imported', subjectKind: 'import', subjectId: newId(), detail },
    });
  }
  report.errors.sort((left, right) => left.line - right.line);
  report.seconds = Math.round(performance.now() - startedAt) / 1000;
  return report;
}

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

async function write(
  ctx: Context,
  { request, surveys, report }: { request: FeedbackImport; surveys: SurveysOpen; report: FeedbackReport },
): Promise<void> {
  const refused = new Set(report.errors.map(({ line }) => line));
  let rows = 0;
  for await (const step of stepsOf(request.file)) {
    const wanted = step.filter(({ fileLine }) => !refused.has(fileLine));
    const done = await writeTold(ctx, wanted, surveys);
    report.answers.created += done.created;
    report.answers.unchanged += done.unchanged;
    report.customers.created += done.customers;
    for (const one of done.refused) refuse(report, one);
    rows += step.length;
    request.onProgress?.({ phase: 'write', rows, of: report.lines });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Once all answers are there: a finished questionnaire takes no more of them. */
async function finish(
  ctx: Context,
  { request, surveys }: { request: FeedbackImport; surveys: SurveysOpen },
): Promise<void> {
  if (surveys.size === 0) return;
  for await (const step of stepsOf(request.file)) await writeFinishes(ctx, step, surveys);
}

async function* stepsOf(file: SourceFile): AsyncGenerator<FeedbackFile[]> {
  let step: FeedbackFile[] = [];
  for await (const rows of readTold(file)) {
    for (const row of rows) {
      const told = parseTold(row);
      if ('reason' in told) continue;
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
