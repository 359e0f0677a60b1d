import type { Row as StoredRow, Value } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Days, SheetRow, Table } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { AppError } from '../../../ground/platform/errors.ts';
import { signatureOf } from '../../../ground/platform/ids.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { toldText } from '../../../voice/feedback/stored-text.ts';
import { spanOf } from '../days.ts';
import {
  type ExportedKind,
  exportedKinds,
  type FeedbackColumn,
  feedbackColumns,
  personalColumns,
  placeOf,
} from './columns.ts';
import { mergedPages } from './merged.ts';
import { sources } from './sources.ts';
import { openSurveyWords } from './survey-words.ts';

export interface FeedbackExport {
  days: Days;
  /** All when left out. */
  kinds?: readonly ExportedKind[] | undefined;
  /** All when left out; they stand in their fixed order. */
  columns?: readonly FeedbackColumn[] | undefined;
  /** Leaves personal data out also for whoever may read it. */
  isPseudonymised?: boolean;
}

export interface FeedbackTable extends Table {
  /** How many rows there are to come, as long as nobody says anything more. */
  total: number;
}

/**
 * Everything customers told (see `columns.ts`), by time and id, in flat memory. Personal data only for who may read
 * customers; for others, and analysts among them, a pseudonym stands for each person: stable, and of no use without the
 * deployment's secret. Who took what out is written into the audit log. What people wrote is never changed, so it may name
 * somebody all the same.
 * @throws {AppError} `validation_failed`, and what `allow` throws for `feedback:read`
 */
export async function exportFeedback(ctx: Context, request: FeedbackExport): Promise<FeedbackTable> {
  const { span, kinds, columns, isPersonal } = await readTerms(ctx, request);
  const counts = await Promise.all(sources.map((source) => ctx.db.read(source.count({ kinds, span }))));
  const total = counts.reduce((sum, [row]) => sum + Number(row?.[0] ?? 0), 0);
  const detail = { ...request.days, rows: total, isPersonal };
  await writeDecision(ctx, {
    audit: { kind: 'feedback.exported', subjectKind: 'export', subjectId: 'feedback', detail },
  });
  const toRow = await openRowMaker(ctx, { columns, isPersonal });
  const pages = mergedPages(ctx.db, sources, { kinds, span });
  return { columns, total, pages: mapPages(pages, toRow) };
}

/** What of it somebody gets. @throws {AppError} as `exportFeedback` */
export async function readTerms(ctx: Context, request: FeedbackExport) {
  allow(ctx.actor, 'feedback:read');
  const { timeZone } = await getBusiness(ctx);
  const span = spanOf(request.days, timeZone);
  const kinds = JSON.stringify(request.kinds ?? exportedKinds);
  const chosen = request.columns ?? feedbackColumns;
  const columns = feedbackColumns.filter((column) => chosen.includes(column));
  if (columns.length === 0) throw refusal('columns', 'has to name one column at least');
  const isPersonal = mayReadPersonal(ctx.actor) && request.isPseudonymised !== true;
  if (isPersonal) allowProven(ctx);
  return { span, kinds, columns, isPersonal };
}

async function* mapPages(
  pages: AsyncIterable<readonly StoredRow[]>,
  toRow: (stored: StoredRow) => SheetRow,
): AsyncGenerator<SheetRow[]> {
  for await (const page of pages) yield page.map(toRow);
}

async function openRowMaker(
  ctx: Context,
  { columns, isPersonal }: { columns: readonly FeedbackColumn[]; isPersonal: boolean },
): Promise<(stored: StoredRow) => SheetRow> {
  const survey = await openSurveyWords(ctx.db);
  const places = columns.map(placeOf);
  const isWhole = columns.length === feedbackColumns.length;
  const hidden = personalColumns.map(placeOf);
  const { secret } = ctx.config;
  return (stored) => {
    const row = stored;
    row[at.told] = momentOf(row[at.told]);
    if (row[at.stateAt] !== null) row[at.stateAt] = momentOf(row[at.stateAt]);
    row[at.text] = textOf(row[at.text] ?? null);
    if (row[at.question] !== null) survey.name(row);
    const person = row[at.person] ?? null;
    row[at.person] = isPersonal || person === null ? null : pseudonymOf(secret, String(person));
    if (!isPersonal) for (const place of hidden) row[place] = null;
    return isWhole ? row : places.map((place) => row[place] ?? null);
  };
}

const at = {
  told: placeOf('told_at'),
  stateAt: placeOf('state_at'),
  person: placeOf('person'),
  question: placeOf('question'),
  text: placeOf('text'),
};

const textOf = (stored: Value) => (typeof stored === 'string' ? toldText(stored) : stored);

/** Always with milliseconds, so that the texts sort as the moments do. */
const momentOf = (instant: Value | undefined) => new Date(Number(instant)).toISOString();

function pseudonymOf(secret: string, customerId: string): string {
  return signatureOf(secret, `person ${customerId}`).slice(0, 16);
}

function refusal(path: string, message: string): AppError {
  return wrongField(path, 'invalid_value', message);
}
