import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { joiningMails } from '../../../functions/people/joining/letters/kinds.ts';

export const joining: Letters<typeof joiningMails> = {
  welcome: (_params, { business }) => ({
    subject: `Welcome to ${business}`,
    heading: 'You have joined',
    paragraphs: [
      'Every order you place with this address counts, including those you have already placed.',
      'Your card with your member number is in your account. Show it at the till.',
    ],
    button: 'Open your account',
    notes: ['You sign in with this address and a code we email you. There is no password.'],
  }),
  join_request_received: (_params, { business }) => ({
    subject: `We have your request to join ${business}`,
    heading: 'We have your request',
    paragraphs: ['Someone on our team will look at it, and we will email you once it is decided.'],
    button: 'See your request',
    notes: [],
  }),
  join_declined: ({ reason }, { business }) => ({
    subject: `Your request to join ${business}`,
    heading: 'We cannot accept your request for now',
    paragraphs: ['Thank you for asking. The reason:', reason],
    button: 'Write to us',
    notes: ['If we have missed something, tell us. We can change our decision.'],
  }),
  invitation: ({ accountName, from, expiresAt }, { business, formats }) => ({
    subject: accountName === null ? `Your invitation to ${business}` : `Join ${accountName} at ${business}`,
    heading: accountName === null ? 'You are invited' : `Share ${accountName}`,
    paragraphs: [
      accountName === null
        ? `${from ?? business} invites you to join ${business}: your orders earn money back.`
        : `${from ?? business} invites you to share “${accountName}” at ${business}: you see its orders and what they earn.`,
    ],
    facts: [fact('Valid until', formats.day(expiresAt - 1))],
    button: 'See the invitation',
    notes: ['Opening it does not accept it: you decide on the page.'],
  }),
  people_waiting: ({ accountName, people }) => ({
    subject: `${accountName}: someone is waiting for you to confirm them`,
    heading:
      people === 1 ? 'Someone is waiting to be confirmed' : `${people} people are waiting to be confirmed`,
    paragraphs: [
      `They have ordered for “${accountName}” and joined. Until you confirm them they see only their own orders and cannot spend its credit.`,
      'If they do not belong to it, remove them on the same page.',
    ],
    button: 'See who it is',
    notes: ['We write about this at most once a day, and only when someone new is waiting.'],
  }),
  goodbye: ({ at }, { business, formats }) => ({
    subject: `You have left ${business}`,
    heading: 'You have left',
    paragraphs: [
      `You left on ${formats.moment({ at, day: null })}. You are signed out everywhere, and we will no longer write to you.`,
      'Your orders and what they earned stay in our records, as the law requires. If you come back, everything will be there except credit that has expired.',
    ],
    button: 'Come back',
    notes: ['If this was not you, press the button and sign in with this address.'],
  }),
};
