import type { Formats } from '../../functions/ground/formats/format.ts';
import type { PersonView, SharedAccount } from '../../functions/people/households/get-people.ts';
import type { Messages } from '../locale.ts';

/** What is known of a person of an account: facts side by side, which no "and" joins into a sentence. */
export function personWords(t: Messages, person: PersonView, formats: Formats): string {
  const { name, email, isManager, isConfirmed, department, since } = person;
  return [
    ...(department === null ? [] : [department]),
    ...(isManager ? [t.joining_person_manages()] : []),
    isConfirmed ? mayWords(t, person) : t.people_unconfirmed(),
    t.joining_person_since({ date: formats.day(since) }),
    ...(email !== null && name !== null ? [email] : []),
  ].join(', ');
}

/** What an open invitation offers, and until when. */
export function invitedWords(
  t: Messages,
  invitation: SharedAccount['invitations'][number],
  formats: Formats,
): string {
  const until = t.joining_invited_until({ date: formats.day(invitation.expiresAt - 1) });
  return [t.joining_invited(), mayWords(t, invitation), until].join(', ');
}

const mayWords = (t: Messages, { mayRedeem }: { mayRedeem: boolean }) =>
  mayRedeem ? t.joining_person_may() : t.joining_person_may_not();
