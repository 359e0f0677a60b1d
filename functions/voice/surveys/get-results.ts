import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { surveyInvitations } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { addMonths } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { ResultsAnswer } from './answer.ts';
import { countAnswers, countReach, type Month } from './count-answers.ts';
import { partsOf } from './parts.ts';
import { readDefinition } from './read-definition.ts';
import { countedParts, resultsOf, type Segment, tellShare } from './results.ts';
import { getSurveyRow } from './save-survey.ts';

const MONTHS = 24;
const TEXTS = 50;
/** Of each question so many of the newest are looked through. */
const TEXTS_SEEN = 5000;

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
  const questions = definition.questions.flatMap((question) =>
    countedParts(question).map((part) => ({ id: part.id, isScale: part.is === 'step' })),
  );
  const months = lastMonths(ctx.now(), business.timeZone);
  const counts = await countAnswers(ctx.db, { surveyId: id, segment, questions, months });
  const { invited, finished } = await countReach(ctx.db, { surveyId: id, segment });
  return {
    surveyId: id,
    segment,
    invited,
    finished,
    finishedShare: tellShare(finished, invited),
    questions: resultsOf(definition, counts),
  };
}

/**
 * What people wrote, newest first: at most fifty of the latest five thousand. @throws {AppError} `not_found`, `forbidden`
 */
export async function listWords(
  ctx: Context,
  { id, segment }: Asked,
): Promise<{ questionId: string; text: string; at: number }[]> {
  allow(ctx.actor, 'feedback:read');
  const { questions } = readDefinition((await getSurveyRow(ctx, id)).definition);
  const asked = questions.flatMap(partsOf).filter((part) => part.is === 'words');
  const lists = await Promise.all(
    asked.map(({ id: questionId }) => listTexts(ctx.db, { id, segment, questionId })),
  );
  return lists
    .flat()
    .sort((left, right) => right.at - left.at)
    .slice(0, TEXTS);
}

/** The months up to now with their first moments. */
function lastMonths(now: number, timeZone: string): Month[] {
  const first = `${dayOf(now, timeZone).slice(0, 7)}-01`;
  return Array.from({ length: MONTHS }, (_, index) => {
    const day = addMonths(first, index + 1 - MONTHS);
    return { name: day.slice(0, 7), start: startOfDay(day, timeZone) };
  });
}

const isInSegment = sql`CASE ${sql.placeholder('segment')} WHEN 'new' THEN is_regular = 0
  WHEN 'regular' THEN is_regular = 1 WHEN 'club' THEN is_member = 1 ELSE 1 END`;

/** The newest of one question, as many as are looked through, and of them the newest that are of the segment. */
const listTexts = query((db) =>
  db
    .select({
      questionId: sql<string>`said.question_id`,
      text: sql<string>`said.text`,
      at: sql<number>`said.at`.mapWith(Number),
    })
    .from(
      sql`(SELECT question_id, text, at, invitation_id FROM survey_answers
        WHERE survey_id = ${sql.placeholder('id')} AND question_id = ${sql.placeholder('questionId')}
        ORDER BY at DESC LIMIT ${sql.raw(String(TEXTS_SEEN))}) AS said`,
    )
    .innerJoin(surveyInvitations, sql`${surveyInvitations.id} = said.invitation_id`)
    .where(isInSegment)
    .orderBy(sql`said.at DESC, said.invitation_id DESC`)
    .limit(TEXTS),
);
