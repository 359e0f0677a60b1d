import { contactChannels, contactDirections, contactMoods } from '../functions/care/contacts/channels.ts';
import type { ContactFilter } from '../functions/care/contacts/list-contacts.ts';
import type { ContactNumbersAsked } from '../functions/care/contacts/numbers/get-contact-numbers.ts';
import { isDay } from '../functions/ground/platform/business-time.ts';
import { oneOf } from './forms.ts';
import { periodAsked } from './words/period-asked.ts';

export const onlyChoices = [
  'unanswered',
  'answered',
  'waited',
  'missed',
  'rated',
  'unknown',
  'withdrawn',
] as const;

/** The contacts that a query asks for; what is none of the choices is not asked for. */
export function contactFilterIn(query: URLSearchParams): ContactFilter {
  const dayIn = (name: string) => {
    const text = query.get(name) ?? '';
    return isDay(text) ? text : null;
  };
  return {
    text: query.get('text')?.trim().slice(0, 100) || null,
    staffId: query.get('staff') || null,
    answersId: query.get('answers') || null,
    channel: oneOf(query.get('channel'), contactChannels),
    direction: oneOf(query.get('direction'), contactDirections),
    mood: oneOf(query.get('mood'), contactMoods),
    only: oneOf(query.get('only'), onlyChoices),
    customerId: query.get('customer') || null,
    from: dayIn('from'),
    until: dayIn('until'),
  };
}

/** The figures of contacts that a query asks for. */
export function contactNumbersAsked(query: URLSearchParams): ContactNumbersAsked {
  const staffId = query.get('staff')?.slice(0, 64) || null;
  return { ...periodAsked(query), channel: oneOf(query.get('channel'), contactChannels), staffId };
}
