import { fact, type Letters } from '../mail-kind.ts';
import type { joiningMails } from './kinds.ts';

export const en: Letters<typeof joiningMails> = {
  welcome: (_params, { business }) => ({
    subject: `Welcome to ${business}`,
    heading: 'You are in',
    paragraphs: [
      'Every order you place with this address counts from now on, and those you placed before are there already.',
      'Your card with your member number is in your account: show it at the till.',
    ],
    button: 'Open your account',
    notes: ['You sign in with this address and a code. There is no password.'],
  }),
  join_request_received: (_params, { business }) => ({
    subject: `We have your request to join ${business}`,
    heading: 'We have your request',
    paragraphs: ['Somebody of our team looks at it, and we write to you as soon as it is decided.'],
    button: 'See where it stands',
    notes: [],
  }),
  join_declined: ({ reason }, { business }) => ({
    subject: `Your request to join ${business}`,
    heading: 'We cannot let you in for now',
    paragraphs: ['Thank you for asking. This is why:', reason],
    button: 'Write to us',
    notes: ['If we have missed something, tell us: a decision can be changed.'],
  }),
  invitation: ({ accountName, from, expiresAt }, { business, formats }) => ({
    subject: accountName === null ? `Your invitation to ${business}` : `Join ${accountName} at ${business}`,
    heading: accountName === null ? 'You are invited' : `Share ${accountName}`,
    paragraphs: [
      accountName === null
        ? `${from ?? business} invites you to join ${business}: your orders bring money back, worked out to the cent.`
        : `${from ?? business} invites you to share “${accountName}” at ${business}: its orders and what they earn.`,
    ],
    facts: [fact('Open until', formats.day(expiresAt - 1))],
    button: 'See the invitation',
    notes: ['Opening it does nothing yet: you decide on the page.'],
  }),
  goodbye: ({ at }, { business, formats }) => ({
    subject: `You have left ${business}`,
    heading: 'You have left',
    paragraphs: [
      `Since ${formats.moment({ at, day: null })} you are signed out everywhere, and we no longer write to you.`,
      'Your orders and what they earned stay in our books, as the law asks of us. Should you come back, all of it is there, apart from what lapses until then.',
    ],
    button: 'Come back',
    notes: ['If this was not you, press the button and sign in with this address.'],
  }),
};
