import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { signInMails } from '../../../functions/people/sign-in/letters/kinds.ts';

const notYou =
  'If you did not ask for this, you do not need to do anything: nobody can sign in without the code.';

const whereFrom = ({ device, country, network }: Where): [string, string][] => {
  const place = [country, network === null ? null : `internet address ${network}`].filter(
    (part) => part !== null,
  );
  return [
    ...(device === '' ? [] : [fact('Browser', device)]),
    ...(place.length === 0 ? [] : [fact('From', place.join(', '))]),
  ];
};

interface Where {
  device: string;
  /** Its name. */
  country: string | null;
  network: string | null;
}

export const signIn: Letters<typeof signInMails> = {
  sign_in: (_params, { business, code }) => ({
    subject: `${code} is your code for ${business}`,
    heading: 'Sign in',
    paragraphs: ['Enter this code on the sign-in page, or press the button.'],
    code,
    button: 'Sign in',
    notes: ['The code and the button work once, within 10 minutes.', notYou],
  }),
  email_change: (_params, { business, code }) => ({
    subject: `${code} confirms your new address at ${business}`,
    heading: 'Confirm your new address',
    paragraphs: ['Enter this code in your profile. We will then write to this address.'],
    code,
    button: 'Open my profile',
    notes: [
      'The code works once, within 10 minutes.',
      'If you did not ask for this, you do not need to do anything.',
    ],
  }),
  email_change_asked: (_params, { business, code }) => ({
    subject: `Someone wants to change your address at ${business}`,
    heading: 'Is this you?',
    paragraphs: [
      `Someone who is signed in to your account at ${business} asked to change its email address.`,
      'If it was you, enter this code in your profile together with the one we sent to the new address. If not, press the button: this stops the change and signs out every device.',
    ],
    code,
    button: 'Stop the change',
    notes: ['The code works for 10 minutes. Do not share it. The button works until the change is made.'],
  }),
  email_change_waits: ({ dueAt }, { business, formats }) => ({
    subject: `Your address at ${business} will be changed`,
    heading: 'Your address will be changed tomorrow',
    paragraphs: [
      `Your account at ${business} will get another email address on ${formats.moment({ at: dueAt, day: null })}. The change was requested without the code we sent to this address.`,
      'If it was you, you do not need to do anything. If not, press the button: this stops the change and signs out every device.',
    ],
    button: 'Stop the change',
    notes: ['For 14 days after the change, this button undoes it.'],
  }),
  email_changed_notice: ({ changedAt, changeId }, { business, formats }) => ({
    subject: `Your address at ${business} was changed`,
    heading: 'Your address was changed',
    paragraphs: [
      `On ${formats.moment({ at: changedAt, day: null })} your account at ${business} got another email address.`,
      'We will no longer write to this address, and every other device has been signed out.',
    ],
    button: 'That was not me',
    notes: [
      'If it was you, you do not need to do anything.',
      ...(changeId === undefined
        ? []
        : ['If not, the button gives your account back to this address. It works for 14 days.']),
    ],
  }),
  passkey_added: ({ name, device, at }, { business, formats }) => ({
    subject: `A passkey was added to your account at ${business}`,
    heading: 'A passkey was added',
    paragraphs: [
      `On ${formats.moment({ at, day: null })} the passkey “${name}” was added${device === '' ? '' : ` in ${device}`}. Whoever holds it can sign in as you.`,
    ],
    button: 'See my passkeys',
    notes: [
      'If it was you, you do not need to do anything.',
      'If not, sign in, remove the passkey and sign out everywhere else. Then write to us.',
    ],
  }),
  passkey_removed: ({ name, device, at }, { business, formats }) => ({
    subject: `A passkey was removed from your account at ${business}`,
    heading: 'A passkey was removed',
    paragraphs: [
      `On ${formats.moment({ at, day: null })} the passkey “${name}” was removed${device === '' ? '' : ` in ${device}`}. It no longer signs anybody in.`,
    ],
    button: 'See my passkeys',
    notes: [
      'If it was you, you do not need to do anything.',
      'If not, sign in and sign out everywhere else. Then write to us.',
    ],
  }),
  new_device: ({ device, network, country, at }, { business, formats }) => ({
    subject: `New sign-in to your account at ${business}`,
    heading: 'A new device signed in',
    paragraphs: [
      `On ${formats.moment({ at, day: null })} somebody signed in to your account at ${business} in a browser we did not know.`,
    ],
    facts: whereFrom({ device, network, country: country === null ? null : formats.country(country) }),
    button: 'See where I am signed in',
    notes: [
      'If it was you, you do not need to do anything.',
      'If not, press the button, sign in and press “Sign out” beside that device, or sign out everywhere else. Then look at who can read your email, since the code was sent there.',
    ],
  }),
  email_change_undone: ({ undoneAt }, { business, formats }) => ({
    subject: `Your address at ${business} has been changed back`,
    heading: 'Your address has been changed back',
    paragraphs: [
      `On ${formats.moment({ at: undoneAt, day: null })} your account at ${business} got its earlier email address back. Someone who can read email at that address asked for it.`,
      'Every device has been signed out. Sign in with the earlier address.',
    ],
    button: 'Write to us',
    notes: ['If you do not know about this, write to us.'],
  }),
};
