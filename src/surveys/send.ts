import { isDay, startOfDay } from '../../functions/ground/platform/business-time.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { inviteCustomer } from '../../functions/voice/surveys/invite-customer.ts';
import { sendSurvey } from '../../functions/voice/surveys/send-survey.ts';
import { attempt } from '../attempt.ts';
import type { Messages } from '../locale.ts';

interface Sending {
  ctx: Context;
  surveyId: string;
  timeZone: string;
  t: Messages;
  finished: (what: string) => Response;
}

/** Sends a survey as the form says: to one customer, to who bought since a day or is in a segment, to everybody. */
export async function sentFrom(
  fields: ReadonlyMap<string, string>,
  { ctx, surveyId, timeZone, t, finished }: Sending,
): Promise<{ field: string; text: string }[] | Response> {
  const whom = fields.get('whom');
  const key = fields.get('key') ?? '';
  if (whom === 'everyone' || whom === 'since' || whom === 'segment') {
    const day = fields.get('day') ?? '';
    if (whom === 'since' && !isDay(day)) return [{ field: 'day', text: t.surveys_send_day_wrong() }];
    const boughtSince = whom === 'since' ? startOfDay(day, timeZone) : null;
    const sending = sendSurvey(ctx, {
      surveyId,
      boughtSince,
      segmentId: whom === 'segment' ? (fields.get('in') ?? '') : null,
      key,
    });
    const sent = await attempt(sending, {
      survey_not_open: { field: 'send', text: t.surveys_send_not_open() },
      '.segmentId': { field: 'in', text: t.surveys_send_segment_gone() },
    });
    return sent.ok ? finished('sent') : [sent.reason];
  }
  const email = (fields.get('email') ?? '').toLowerCase().normalize('NFC');
  if (!email.includes('@')) return [{ field: 'email', text: t.surveys_send_email_wrong() }];
  const invited = await attempt(inviteCustomer(ctx, { surveyId, email }), {
    not_found: t.surveys_send_unknown(),
    survey_resting: t.surveys_send_resting(),
    survey_not_open: t.surveys_send_not_open(),
  });
  return invited.ok ? finished('invited_one') : [{ field: 'email', text: invited.reason }];
}
