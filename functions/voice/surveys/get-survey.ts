import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { surveySendings } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { checkAnswer, type Given } from './check-answer.ts';
import type { SurveyDefinition } from './definition.ts';
import { stateOf } from './list-surveys.ts';
import { type Answers, answerIds, questionsOnPath } from './path.ts';
import { surveyRestDays } from './policies.ts';
import { type AnswerProblem, pageOf, type QuestionnaireView, questionAfter } from './questionnaire.ts';
import { readDefinition } from './read-definition.ts';
import { getSurveyRow } from './save-survey.ts';

/** A survey as staff work on it. */
export interface SurveyFile {
  id: string;
  name: string;
  state: 'draft' | 'open' | 'closed';
  /** Whether somebody was invited to the newest version. */
  isFrozen: boolean;
  definition: SurveyDefinition;
  currency: string | null;
  restDays: number;
  sendings: { at: number; invited: number; resting: number; finishedAt: number | null }[];
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function getSurvey(ctx: Context, { id }: { id: string }): Promise<SurveyFile> {
  allow(ctx.actor, 'feedback:read');
  const [row, business, sendings, [frozen]] = await Promise.all([
    getSurveyRow(ctx, id),
    getBusiness(ctx),
    listSendings(ctx.db, { id }),
    findFrozen(ctx.db, { id }),
  ]);
  return {
    id,
    name: row.name,
    state: stateOf(row),
    isFrozen: frozen?.isFrozen ?? false,
    definition: readDefinition(row.definition),
    currency: business.currency,
    restDays: policyOf(business, surveyRestDays),
    sendings,
  };
}

export interface Preview {
  /** Null behind the last question. */
  page: QuestionnaireView | null;
  problems: AnswerProblem[];
  /** What was given so far, to come along with the next page. */
  answers: Answers;
}

/**
 * The page that a customer would see: of the first question, or behind the one just answered. Nothing is kept: all
 * answers come along.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function previewSurvey(
  ctx: Context,
  asked: { id: string; given: Given; answeredId: string | null; questionId: string | null; language: string },
): Promise<Preview> {
  allow(ctx.actor, 'feedback:read');
  const definition = readDefinition((await getSurveyRow(ctx, asked.id)).definition);
  const { answeredId, language } = asked;
  const answers = readAll(definition, asked.given);
  const answered = questionsOnPath(definition, answers).find(({ id }) => id === answeredId);
  if (answered === undefined) {
    const first = asked.questionId ?? definition.questions[0]?.id ?? null;
    return { page: pageOf(definition, answers, { language, questionId: first }), problems: [], answers };
  }
  const checked = checkAnswer(answered, asked.given);
  const problems = checked.ok ? [] : checked.problems;
  const next = checked.ok ? questionAfter(definition, answers, answered.id) : answered;
  const page = next === null ? null : pageOf(definition, answers, { language, questionId: next.id });
  return { page, problems, answers };
}

function readAll(definition: SurveyDefinition, given: Given): Answers {
  const answers = new Map<string, number | string>();
  for (const question of definition.questions) {
    const told = new Map(answerIds(question).map((id) => [id, given.get(id) ?? '']));
    const checked = checkAnswer({ ...question, isRequired: false }, told);
    if (checked.ok) for (const [id, answer] of checked.answers) answers.set(id, answer);
  }
  return answers;
}

const listSendings = query((db) =>
  db
    .select({
      at: surveySendings.at,
      invited: surveySendings.invited,
      resting: surveySendings.resting,
      finishedAt: surveySendings.finishedAt,
    })
    .from(surveySendings)
    .where(eq(surveySendings.surveyId, sql.placeholder('id')))
    .orderBy(desc(surveySendings.at))
    .limit(10),
);

const findFrozen = query((db) =>
  db
    .select({
      isFrozen:
        sql<boolean>`EXISTS (SELECT 1 FROM survey_invitations WHERE survey_id = ${sql.placeholder('id')}
        AND version = (SELECT max(version) FROM survey_versions WHERE survey_id = ${sql.placeholder('id')}))`.mapWith(
          readFlag,
        ),
    })
    .from(sql`(SELECT 1)`),
);
