import { asc, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { surveyFinishes, surveyInvitations, surveyVersions } from '../../../db/schema/index.ts';
import { textIn } from '../../ground/identity/languages.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { passOver } from '../../money/accounts/change-account.ts';
import { openSurveyCase } from '../feedback/open-survey-case.ts';
import { listAnswersOf } from './queries.ts';
import { readDefinition } from './read-definition.ts';

const WINDOW_MS = 30 * DAY_MS;

/** Low answers about which no case was opened yet. */
const listLow = query((db) =>
  db
    .select({
      invitationId: surveyFinishes.invitationId,
      customerId: surveyFinishes.customerId,
      rootId: surveyFinishes.rootId,
      questionId: sql<string>`${surveyFinishes.lowQuestionId}`,
      language: surveyFinishes.language,
      definition: surveyVersions.definition,
    })
    .from(surveyFinishes)
    .innerJoin(surveyInvitations, sql`${surveyInvitations.id} = ${surveyFinishes.invitationId}`)
    .innerJoin(
      surveyVersions,
      sql`${surveyVersions.surveyId} = ${surveyFinishes.surveyId} AND ${surveyVersions.version} = ${surveyInvitations.version}`,
    )
    .where(
      sql`${surveyFinishes.lowQuestionId} IS NOT NULL AND ${surveyFinishes.at} > ${sql.placeholder('since')}
        AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.key = 'survey:' || ${surveyFinishes.invitationId})`,
    )
    .orderBy(asc(surveyFinishes.at))
    .limit(100),
);
type Low = Awaited<ReturnType<typeof listLow>>[number];

/** Opens a case for each low answer, with what was written beside it; once for each questionnaire. */
export async function openLowCases(ctx: Context): Promise<number> {
  const rows = await listLow(ctx.db.fresh, { since: ctx.now() - WINDOW_MS });
  for (const low of rows) {
    const { customerId, rootId, language, invitationId: key } = low;
    try {
      await openSurveyCase(ctx, { customerId, rootId, language, key, text: await textOf(ctx, low) });
    } catch (error) {
      passOver(ctx, error, rootId);
    }
  }
  return rows.length;
}

/** The low answer and all free words, each under its question. */
async function textOf(ctx: Context, low: Low): Promise<string> {
  const definition = readDefinition(low.definition);
  const answers = await listAnswersOf(ctx.db.fresh, { invitationId: low.invitationId });
  const lines = definition.questions.flatMap(({ id, kind, text }) => {
    const given = answers.find(({ questionId }) => questionId === id);
    const isTold = given !== undefined && (id === low.questionId || kind === 'text');
    return isTold ? [`${textIn(text, low.language)}\n${given.value ?? given.text}`] : [];
  });
  return lines.join('\n\n');
}
