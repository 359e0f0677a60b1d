import type { Letters } from '../mail-kind.ts';
import type { signInMails } from './kinds.ts';

const notYou = 'If you did not ask for this, you need not do anything: without the code nobody gets in.';

export const en: Letters<typeof signInMails> = {
  sign_in: (_params, { business, code }) => ({
    subject: `${code} is your code for ${business}`,
    heading: 'Sign in',
    paragraphs: ['Type this code where you asked for it, or press the button.'],
    code,
    button: 'Sign in',
    notes: ['Code and button work once, for 10 minutes.', notYou],
  }),
  email_change: (_params, { business, code }) => ({
    subject: `${code} confirms your new address at ${business}`,
    heading: 'Confirm your new address',
    paragraphs: ['Type this code in your settings, and we will write to this address from then on.'],
    code,
    button: 'Open settings',
    notes: ['The code works once, for 10 minutes.', 'If you did not ask for this, you need not do anything.'],
  }),
  email_change_asked: (_params, { business }) => ({
    subject: `Somebody wants to change your address at ${business}`,
    heading: 'Is this you?',
    paragraphs: [
      `Somebody who is signed in to your account at ${business} asked to move it to another email address.`,
      'If it is you, type the code we sent to the new address. If not, press the button: the change is stopped, and every device is signed out.',
    ],
    button: 'Stop the change',
    notes: [
      'It can be stopped for 10 minutes. After that the request has lapsed, or we tell you here that the address was changed.',
    ],
  }),
  email_changed_notice: ({ changedAt }, { business, formats }) => ({
    subject: `Your address at ${business} was changed`,
    heading: 'Your address was changed',
    paragraphs: [
      `On ${formats.moment({ at: changedAt, day: null })} your account at ${business} got another email address.`,
      'We no longer write to this one, and every other device was signed out.',
    ],
    button: 'That was not me',
    notes: ['If it was you, all is well.'],
  }),
};
