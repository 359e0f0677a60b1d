import { isDay, startOfDay } from '../../functions/platform/business-time.ts';
import type { Messages } from '../locale.ts';
import type { Visit } from '../visit.ts';

interface Sending {
  surveys: Visit['rooms']['surveys'];
  surveyId: string;
  timeZone: string;
  t: Messages;
  finished: (what: string) => Response;
}

/** Sends a survey as the form says: to one customer, to who bought since a day, to everybody. */
export async function sentFrom(
  fields: ReadonlyMap<string, string>,
  { surveys, surveyId, timeZone, t, finished }: Sending,
): Promise<{ field: string; text: string }[] | Response> {
  const whom = fields.get('whom');
  const key = fields.get('key') ?? '';
  if (whom === 'everyone' || whom === 'since') {
    const day = fields.get('day') ?? '';
    if (whom === 'since' && !isDay(day)) return [{ field: 'day', text: t.surveys_send_day_wrong() }];
    const boughtSince = whom === 'since' ? startOfDay(day, timeZone) : null;
    const sent = await surveys.send({ surveyId, boughtSince, key });
    return sent.ok ? finished('sent') : [{ field: 'send', text: t.surveys_send_not_open() }];
  }
  const email = (fields.get('email') ?? '').toLowerCase().normalize('NFC');
  if (!email.includes('@')) return [{ field: 'email', text: t.surveys_send_email_wrong() }];
  const invited = await surveys.invite({ surveyId, email });
  if (invited.ok) return finished('invited_one');
  const reasons = {
    not_found: t.surveys_send_unknown(),
    survey_resting: t.surveys_send_resting(),
    survey_not_open: t.surveys_send_not_open(),
  };
  return [{ field: 'email', text: reasons[invited.reason] }];
}
