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
  email_change_asked: (_params, { business, code }) => ({
    subject: `Somebody wants to change your address at ${business}`,
    heading: 'Is this you?',
    paragraphs: [
      `Somebody who is signed in to your account at ${business} asked to move it to another email address.`,
      'If it is you, type this code in your settings, beside the one we sent to the new address. If not, press the button: the change is stopped, and every device is signed out.',
    ],
    code,
    button: 'Stop the change',
    notes: [
      'The code works for 10 minutes. Give it to nobody. The button works for as long as the change waits.',
    ],
  }),
  email_change_waits: ({ dueAt }, { business, formats }) => ({
    subject: `Your address at ${business} will be changed`,
    heading: 'Your address will be changed tomorrow',
    paragraphs: [
      `Your account at ${business} gets another email address on ${formats.moment({ at: dueAt, day: null })}. It was asked for without the code that we sent to this address.`,
      'If it is you, you need not do anything. If not, press the button: the change is stopped, and every device is signed out.',
    ],
    button: 'Stop the change',
    notes: ['After the change, this button undoes it for 14 days.'],
  }),
  email_changed_notice: ({ changedAt, changeId }, { business, formats }) => ({
    subject: `Your address at ${business} was changed`,
    heading: 'Your address was changed',
    paragraphs: [
      `On ${formats.moment({ at: changedAt, day: null })} your account at ${business} got another email address.`,
      'We no longer write to this one, and every other device was signed out.',
    ],
    button: 'That was not me',
    notes: [
      'If it was you, all is well.',
      ...(changeId === undefined
        ? []
        : ['If not, the button gives your account back to this address. It works for 14 days.']),
    ],
  }),
  email_change_undone: ({ undoneAt }, { business, formats }) => ({
    subject: `Your address at ${business} is the earlier one again`,
    heading: 'The change of address was undone',
    paragraphs: [
      `On ${formats.moment({ at: undoneAt, day: null })} your account at ${business} got its earlier email address back. Somebody who reads mail at that address asked for it.`,
      'Every device was signed out. Sign in with the earlier address.',
    ],
    button: 'Write to us',
    notes: ['If you know nothing of this, write to us.'],
  }),
};
