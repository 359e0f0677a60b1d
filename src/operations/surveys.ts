import type { Context } from '../../functions/platform/context.ts';
import { type Answer, answerSurvey } from '../../functions/surveys/answer-survey.ts';
import { getResults, listWords } from '../../functions/surveys/get-results.ts';
import { getSurvey, previewSurvey } from '../../functions/surveys/get-survey.ts';
import { inviteCustomer } from '../../functions/surveys/invite-customer.ts';
import { listSurveys } from '../../functions/surveys/list-surveys.ts';
import { listWaiting } from '../../functions/surveys/list-waiting.ts';
import { openInvitation } from '../../functions/surveys/open-invitation.ts';
import { closeSurvey, openSurvey } from '../../functions/surveys/open-survey.ts';
import { createSurvey, saveSurvey } from '../../functions/surveys/save-survey.ts';
import { sendSurvey } from '../../functions/surveys/send-survey.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';

/** The survey room: of whoever was invited, and of staff. */
export function surveyOperations(ctx: Context) {
  return {
    listWaiting: (asked: Parameters<typeof listWaiting>[1]) => listWaiting(ctx, asked),
    open: (asked: Parameters<typeof openInvitation>[1]) => orNull(openInvitation(ctx, asked)),
    answer: (asked: Answer) =>
      orNull(orRefusal(['survey_finished', 'survey_not_open'], () => answerSurvey(ctx, asked))),
    list: () => listSurveys(ctx),
    get: (asked: { id: string }) => orNull(getSurvey(ctx, asked)),
    preview: (asked: Parameters<typeof previewSurvey>[1]) => orNull(previewSurvey(ctx, asked)),
    create: (asked: Parameters<typeof createSurvey>[1]) => createSurvey(ctx, asked),
    save: (asked: Parameters<typeof saveSurvey>[1]) =>
      orRefusal(['validation_failed', 'currency_not_set'], async () => {
        await saveSurvey(ctx, asked);
        return done;
      }),
    openSurvey: (asked: { id: string }) =>
      orRefusal(['survey_not_open'], async () => {
        await openSurvey(ctx, asked);
        return done;
      }),
    closeSurvey: (asked: { id: string }) =>
      orRefusal(['survey_not_open'], async () => {
        await closeSurvey(ctx, asked);
        return done;
      }),
    send: (asked: Parameters<typeof sendSurvey>[1]) =>
      orRefusal(['survey_not_open'], async () => {
        await sendSurvey(ctx, asked);
        return done;
      }),
    invite: (asked: { surveyId: string; email: string }) =>
      orRefusal(['not_found', 'survey_not_open', 'survey_resting'], async () => {
        await inviteCustomer(ctx, asked);
        return done;
      }),
    getResults: (asked: Parameters<typeof getResults>[1]) => orNull(getResults(ctx, asked)),
    listWords: (asked: Parameters<typeof listWords>[1]) => listWords(ctx, asked),
  };
}

const done = { ok: true as const };
