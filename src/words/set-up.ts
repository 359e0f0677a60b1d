import type { SetUpStep } from '../../functions/desk/console/get-set-up.ts';
import type { TestMail } from '../../functions/people/mail/send-test.ts';
import type { Messages } from '../locale.ts';

/** What a step of setting up is called. */
export function stepWords(t: Messages, step: SetUpStep): string {
  return t[`setup_step_${step}`]();
}

export const stepPath = (step: SetUpStep): string => `/console/set-up/${step}`;

/** What came of a test mail, and the provider's own words where it did not go out. */
export function testWords(
  t: Messages,
  tested: TestMail,
  email: string,
): { isGood: boolean; text: string; reason: string | null } {
  switch (tested.outcome) {
    case 'accepted':
      return { isGood: true, text: t.sender_accepted({ email }), reason: null };
    case 'mailbox':
      return { isGood: true, text: t.sender_in_mailbox(), reason: null };
    case 'refused':
      return { isGood: false, text: t.sender_refused(), reason: ownWords(tested) };
    case 'later':
      return { isGood: false, text: t.sender_later(), reason: ownWords(tested) };
  }
}

const ownWords = ({ reason, message }: { reason: string; message: string }) =>
  message === '' ? reason.replaceAll('_', ' ') : message;
