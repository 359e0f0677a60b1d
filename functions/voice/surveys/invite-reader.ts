import { sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { invite } from './invite.ts';
import { readDefinition } from './read-definition.ts';
import { getSurveyRow } from './save-survey.ts';

const findByOccasion = queryOne((db) =>
  db
    .select({ id: sql<string>`id` })
    .from(sql`survey_invitations`)
    .where(
      sql`survey_id = ${sql.placeholder('surveyId')} AND customer_id = ${sql.placeholder('customerId')}
        AND occasion = ${sql.placeholder('occasion')}`,
    )
    .limit(1),
);

/**
 * The invitation of somebody who asked for a survey on an occasion: the one there is, or a new one, without a mail.
 * @throws {AppError} `not_found`, `survey_not_open`, `survey_resting`
 */
export async function openInvitationOf(
  ctx: Context,
  {
    surveyId,
    customerId,
    rootId,
    occasion,
  }: { surveyId: string; customerId: string; rootId: string; occasion: string },
): Promise<{ invitationId: string }> {
  const known = await findByOccasion(ctx.db.fresh, { surveyId, customerId, occasion });
  if (known !== null) return { invitationId: known.id };
  const survey = await getSurveyRow(ctx, surveyId);
  if (survey.openedAt === null || survey.closedAt !== null)
    throw new AppError('survey_not_open', 'The survey is closed.');
  const definition = readDefinition(survey.definition);
  const outcome = await invite(ctx, {
    survey: { id: surveyId, version: survey.version, definition },
    ...{ customerId, rootId, occasion, reason: 'hand', isMailed: false },
  });
  if (outcome.kind === 'invited') return { invitationId: outcome.id };
  const first = await findByOccasion(ctx.db.fresh, { surveyId, customerId, occasion });
  if (first !== null) return { invitationId: first.id };
  throw new AppError('survey_resting', 'You were asked a short while ago.');
}
