import { insertInto } from '../../../db/query.ts';
import { surveySendings } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { getSurveyRow } from './save-survey.ts';

const insertSending = insertInto(surveySendings);
/** For one occasion a survey is sent once. */
export const insertSendingOnce = insertInto(surveySendings, 'ON CONFLICT (survey_id, occasion) DO NOTHING');

/**
 * Sends a survey to everybody who signed up, or to those of them who bought since a moment; who was asked a short while ago
 * is left alone. A job works it off. `key` makes the same form sent twice one sending.
 * @throws {AppError} `forbidden`, `not_found`, `survey_not_open`
 */
export async function sendSurvey(
  ctx: Context,
  { surveyId, boughtSince, key }: { surveyId: string; boughtSince: number | null; key: string },
): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { openedAt, closedAt } = await getSurveyRow(ctx, surveyId);
  if (openedAt === null || closedAt !== null) {
    throw new AppError('survey_not_open', 'Open the survey before sending it.');
  }
  const id = newId();
  try {
    const sending = insertSending({
      id,
      surveyId,
      occasion: `sending ${key}`,
      boughtSince,
      at: ctx.now(),
      actor: actorName(ctx.actor),
      afterCustomerId: '',
      invited: 0,
      resting: 0,
    });
    await writeDecision(ctx, {
      rows: [sending],
      audit: {
        kind: 'survey.sent',
        subjectKind: 'survey',
        subjectId: surveyId,
        detail: { sending: id, boughtSince },
      },
    });
  } catch (error) {
    if (!isConflictOn(error, 'survey_sendings.survey_id')) throw error;
  }
}
