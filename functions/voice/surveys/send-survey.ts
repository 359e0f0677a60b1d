import { insertInto } from '../../../db/query.ts';
import { surveySendings } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { assertAudience } from '../../money/programme/audience.ts';
import { getSurveyRow } from './save-survey.ts';

const insertSending = insertInto(surveySendings);
/** For one occasion a survey is sent once. */
export const insertSendingOnce = insertInto(surveySendings, 'ON CONFLICT (survey_id, occasion) DO NOTHING');

/**
 * Sends a survey to everybody who signed up, or to those of them who bought since a moment or are in a segment when it is
 * their turn; who was asked a short while ago
 * is left alone. A job works it off. `key` makes the same form sent twice one sending.
 * @throws {AppError} `forbidden`, `not_found`, `survey_not_open`, `validation_failed` for a segment there is none of
 */
export async function sendSurvey(
  ctx: Context,
  {
    surveyId,
    boughtSince,
    segmentId = null,
    key,
  }: { surveyId: string; boughtSince: number | null; segmentId?: string | null; key: string },
): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { openedAt, closedAt } = await getSurveyRow(ctx, surveyId);
  if (openedAt === null || closedAt !== null) {
    throw new AppError('survey_not_open', 'Open the survey before sending it.');
  }
  await assertAudience(ctx, segmentId);
  const id = newId();
  try {
    const sending = insertSending({
      id,
      surveyId,
      occasion: `sending ${key}`,
      boughtSince,
      segmentId,
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
        detail: { sending: id, boughtSince, ...(segmentId === null ? {} : { segment: segmentId }) },
      },
    });
  } catch (error) {
    if (!isConflictOn(error, 'survey_sendings.survey_id')) throw error;
  }
}
