import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { SurveyAnswer, SurveysAnswer } from './answer.ts';
import { listSurveyRows } from './queries.ts';
import { readDefinition } from './read-definition.ts';

/** All surveys, newest first, with how many were invited and answered to the end. @throws {AppError} `forbidden` */
export async function listSurveys(ctx: Context): Promise<SurveysAnswer> {
  allow(ctx.actor, 'feedback:read');
  const rows = await listSurveyRows(ctx.db);
  return { items: rows.map(answerOf), nextCursor: null };
}

function answerOf(row: Awaited<ReturnType<typeof listSurveyRows>>[number]): SurveyAnswer {
  const { title, questions, trigger } = readDefinition(row.definition);
  const { id, name, version, invited, finished, createdAt } = row;
  return {
    id,
    name,
    state: stateOf(row),
    version,
    title,
    questions: questions.map((question) => ({ id: question.id, kind: question.kind, text: question.text })),
    trigger: trigger.kind,
    invited,
    finished,
    createdAt: instantText(createdAt),
  };
}

export function stateOf(survey: { openedAt: number | null; closedAt: number | null }): SurveyAnswer['state'] {
  if (survey.closedAt !== null) return 'closed';
  return survey.openedAt === null ? 'draft' : 'open';
}
