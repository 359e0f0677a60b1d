import type { MailMoment } from '../../functions/desk/console/types.ts';
import type { ChoosableTopic } from '../../functions/ground/outbox/topics.ts';
import type { Message } from '../../functions/people/mail/list-messages.ts';
import type { Messages } from '../locale.ts';

export function topicWords(topic: ChoosableTopic, t: Messages): { title: string; text: string } {
  return { title: t[`mail_topic_${topic}`](), text: t[`mail_topic_${topic}_text`]() };
}

/** What became of a message beside that it is read here; null when it was simply sent. */
export function messageState({ state, withheld }: Message, t: Messages): string | null {
  if (state === 'sent') return null;
  if (state === 'waiting') return t.mail_state_waiting();
  switch (withheld) {
    case 'topic_off':
    case 'bounced':
    case 'complained':
    case 'paused':
    case 'month_full':
    case 'week_full':
      return t[`mail_state_${withheld}`]();
    default:
      return t.mail_state_shown();
  }
}

/** Why a mail was given up; the provider's own word when there is none. */
export function failureWords(failure: string, t: Messages): string {
  switch (failure) {
    case 'outcome_unknown':
      return t.mail_failure_unknown();
    case 'malformed':
      return t.mail_failure_malformed();
    default:
      return failure.replaceAll('_', ' ');
  }
}

/** What became of a mail, as staff read it. */
export function mailState({ state, withheld, event }: MailMoment, t: Messages): string {
  if (event !== null) return t[`mail_event_${event}`]();
  if (state === 'sent') return t.mail_event_sent();
  if (state === 'waiting') return t.mail_event_waiting();
  return withheldWords(withheld, t);
}

/** Why a mail was not sent, as the business reads it. */
export function withheldWords(withheld: string | null, t: Messages): string {
  switch (withheld) {
    case 'topic_off':
    case 'bounced':
    case 'complained':
    case 'paused':
    case 'month_full':
    case 'week_full':
      return t[`mail_withheld_${withheld}`]();
    default:
      return t.mail_withheld_other();
  }
}
