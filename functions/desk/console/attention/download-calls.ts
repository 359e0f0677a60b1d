import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../../ground/platform/money.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { isStandardQuestion, standardQuestions } from '../../../insight/attention/call-sheet.ts';
import { type LapsedCall, listCalls } from '../../../insight/attention/list-calls.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';

const ROWS_PER_STEP = 500;

const columns = [
  ...['day', 'account_id', 'name', 'asked_by', 'first_reason', 'first_words', 'real_reason', 'real_words'],
  ...standardQuestions,
  ...['own_questions', 'currency', 'won_back'],
] as const;

/**
 * What those that had lapsed said when asked why, as a CSV; who took it stands in the log. Analysts get nobody's name or words.
 * @throws {AppError} as `listCalls`, and `proof_needed`
 */
export async function downloadCalls(ctx: Context): Promise<ReadableStream<Uint8Array>> {
  allow(ctx.actor, 'customers:read');
  if (mayReadPersonal(ctx.actor)) allowProven(ctx);
  const { currency } = await getBusiness(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'lapses.exported', subjectKind: 'export', subjectId: 'lapses' },
  });
  return streamOf(writeRows({ columns, pages: pagesOf(ctx, currency) }, 'csv'));
}

async function* pagesOf(ctx: Context, currency: string | null): AsyncGenerator<SheetRow[]> {
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listCalls>> = await listCalls(ctx, {
      cursor,
      limit: ROWS_PER_STEP,
    });
    const isPrivate = mayReadPersonal(ctx.actor);
    yield page.items.map((call) => rowOf(isPrivate ? call : { ...call, name: null }, currency));
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

function rowOf(call: LapsedCall, currency: string | null): SheetRow {
  const exponent = currency === null ? 2 : (currencyExponent(currency) ?? 2);
  return [
    ...[call.day, call.accountId, call.name, call.by],
    ...[call.firstReason, call.firstWords, call.realReason, call.realWords],
    ...standardQuestions.map((id) => saidTo(call, id)),
    ownAnswers(call),
    ...[currency, csvNumber(formatDecimal(call.wonMinor, exponent))],
  ];
}

/** In our words; one that was worded by the business stands among its own. */
const saidTo = ({ answers }: LapsedCall, id: string) =>
  answers.find(({ question, asked }) => question === id && asked === null)?.said ?? null;

const ownAnswers = ({ answers }: LapsedCall) =>
  answers
    .filter(({ question, asked }) => asked !== null || !isStandardQuestion(question))
    .map(({ question, asked, said }) => `${asked ?? question} ${said}`)
    .join('\n') || null;
