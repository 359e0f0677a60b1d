import { and, desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../db/query.ts';
import { surveyAnswers, surveyFinishes, surveyInvitations } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import { allow } from '../platform/allow.ts';
import { dayOf, startOfDay } from '../platform/business-time.ts';
import { addMonths } from '../platform/calendar.ts';
import type { Context } from '../platform/context.ts';
import { getBusiness } from '../programme/business.ts';
import type { ResultsAnswer } from './answer.ts';
import { answerIds } from './path.ts';
import { readDefinition } from './read-definition.ts';
import { type AnswerCount, resultsOf, type Segment, tellShare } from './results.ts';
import { getSurveyRow } from './save-survey.ts';

const MONTHS = 24;
const TEXTS = 50;

interface Asked {
  id: string;
  segment: Segment;
}

/**
 * What a survey came to: each question's figure with an interval of 95 %, its answers, its months of business time. Answers
 * of who has not finished count, too. Of fewer than five answers nothing is told but their number.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function getResults(ctx: Context, { id, segment }: Asked): Promise<ResultsAnswer> {
  allow(ctx.actor, 'feedback:read');
  const [survey, business] = await Promise.all([getSurveyRow(ctx, id), getBusiness(ctx)]);
  const definition = readDefinition(survey.definition);
  const ids = definition.questions.filter(({ kind }) => kind !== 'text').flatMap(answerIds);
  const months = lastMonths(ctx.now(), business.timeZone);
  const [counts, reach] = await Promise.all([
    countAnswers(ctx.db, { id, segment, ids, months }),
    findReach(ctx.db, { id, segment }),
  ]);
  const { invited = 0, finished = 0 } = reach ?? {};
  return {
    surveyId: id,
    segment,
    invited,
    finished,
    finishedShare: tellShare(finished, invited),
    questions: resultsOf(definition, counts),
  };
}

/** What people wrote, newest first: at most fifty. @throws {AppError} `not_found`, `forbidden` */
export async function listWords(
  ctx: Context,
  { id, segment }: Asked,
): Promise<{ questionId: string; text: string; at: number }[]> {
  allow(ctx.actor, 'feedback:read');
  const { questions } = readDefinition((await getSurveyRow(ctx, id)).definition);
  const ids = questions.filter(({ kind }) => kind === 'text').map((question) => question.id);
  return await listTexts(ctx.db, { id, segment, ids: JSON.stringify(ids) });
}

const isInSegment = sql`CASE ${sql.placeholder('segment')} WHEN 'new' THEN ${surveyInvitations.isRegular} = 0
  WHEN 'regular' THEN ${surveyInvitations.isRegular} = 1 WHEN 'club' THEN ${surveyInvitations.isMember} = 1 ELSE 1 END`;

const isAsked = sql`${surveyAnswers.questionId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`;

const startOfMonth = sql`(SELECT max(value) FROM json_each(${sql.placeholder('starts')}) WHERE value <= ${surveyAnswers.at})`;

const listCounts = query((db) =>
  db
    .select({
      questionId: surveyAnswers.questionId,
      value: surveyAnswers.value,
      text: surveyAnswers.text,
      start: sql<number | null>`${startOfMonth}`.mapWith(Number).as('start'),
      count: sql<number>`count(*)`.mapWith(Number),
    })
    .from(surveyAnswers)
    .innerJoin(surveyInvitations, eq(surveyInvitations.id, surveyAnswers.invitationId))
    .where(and(eq(surveyAnswers.surveyId, sql.placeholder('id')), isAsked, isInSegment))
    .groupBy(surveyAnswers.questionId, surveyAnswers.value, surveyAnswers.text, sql`start`),
);

interface Month {
  name: string;
  start: number;
}

async function countAnswers(
  db: Store,
  asked: Asked & { ids: readonly string[]; months: readonly Month[] },
): Promise<AnswerCount[]> {
  const { id, segment, ids, months } = asked;
  const starts = JSON.stringify(months.map(({ start }) => start));
  const rows = await listCounts(db, { id, segment, ids: JSON.stringify(ids), starts });
  return rows.map(({ start, ...row }) => ({
    ...row,
    month: months.find((month) => month.start === start)?.name ?? '',
  }));
}

/** The months up to now with their first moments. */
function lastMonths(now: number, timeZone: string): Month[] {
  const first = `${dayOf(now, timeZone).slice(0, 7)}-01`;
  return Array.from({ length: MONTHS }, (_, index) => {
    const day = addMonths(first, index + 1 - MONTHS);
    return { name: day.slice(0, 7), start: startOfDay(day, timeZone) };
  });
}

const findReach = queryOne((db) =>
  db
    .select({
      invited: sql<number>`count(*)`.mapWith(Number),
      finished: sql<number>`count(${surveyFinishes.at})`.mapWith(Number),
    })
    .from(surveyInvitations)
    .leftJoin(surveyFinishes, eq(surveyFinishes.invitationId, surveyInvitations.id))
    .where(and(eq(surveyInvitations.surveyId, sql.placeholder('id')), isInSegment)),
);

const listTexts = query((db) =>
  db
    .select({
      questionId: surveyAnswers.questionId,
      text: sql<string>`${surveyAnswers.text}`,
      at: surveyAnswers.at,
    })
    .from(surveyAnswers)
    .innerJoin(surveyInvitations, eq(surveyInvitations.id, surveyAnswers.invitationId))
    .where(and(eq(surveyAnswers.surveyId, sql.placeholder('id')), isAsked, isInSegment))
    .orderBy(desc(surveyAnswers.at), desc(surveyAnswers.invitationId))
    .limit(TEXTS),
);
