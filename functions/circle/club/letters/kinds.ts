import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount, amount } from '../../../ground/outbox/shapes.ts';

/** By language. */
const names = z.record(z.string(), z.string());
const drop = z.object({ dropId: z.string(), title: names });
const event = z.object({
  eventId: z.string(),
  title: names,
  startsAt: z.number(),
  endsAt: z.number(),
  place: z.string(),
});
const dropPage = ({ dropId }: { dropId: string }) => `/account/club/drops/${dropId}`;
const eventPage = ({ eventId }: { eventId: string }) => `/account/club/events/${eventId}`;

const sampleAt = Date.UTC(2026, 11, 31, 18);
const sampleDrop = { dropId: '0', title: { en: 'First flush 2026' } };
const sampleEvent = {
  eventId: '0',
  title: { en: 'Tea tasting' },
  startsAt: sampleAt,
  endsAt: sampleAt,
  place: '',
};

export const clubMails = {
  club_invitation: mailKind({
    topic: 'club',
    urgency: 'bulk',
    isUnasked: true,
    isPersonal: true,
    /** Whether reaching the spend of the club brought it about. */
    params: z.object({ isBySpend: z.boolean(), ...aboutAccount }),
    link: () => '/account/club',
    own: {
      samples: () => ({ spend: { isBySpend: true }, asked: { isBySpend: false } }),
      caseOf: ({ isBySpend }) => (isBySpend ? 'spend' : 'asked'),
    },
  }),
  club_welcome: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({ since: z.number(), ...aboutAccount }),
    link: () => '/account/club',
    own: {
      samples: () => ({ standard: { since: Date.UTC(2026, 11, 1) } }),
      values: ({ since }, { formats }) => ({ date: formats.day(since) }),
    },
  }),
  club_declined: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({ reason: z.string(), ...aboutAccount }),
    link: () => '/account/club',
    own: {
      samples: () => ({ standard: { reason: 'The club is full this year.' } }),
      values: ({ reason }) => ({ reason }),
      required: ['reason'],
    },
  }),
  drop_open: mailKind({
    topic: 'club',
    urgency: 'bulk',
    isUnasked: true,
    params: drop.extend({ stock: z.number(), closesAt: z.number() }),
    link: dropPage,
    own: {
      samples: () => ({ standard: { ...sampleDrop, stock: 10, closesAt: sampleAt } }),
      values: ({ title }, { inLanguage }) => ({ title: inLanguage(title) }),
    },
  }),
  drop_claimed: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: drop.extend({ until: z.number().nullable() }),
    link: dropPage,
    own: {
      samples: () => ({ standard: { ...sampleDrop, until: sampleAt } }),
      values: ({ title }, { inLanguage }) => ({ title: inLanguage(title) }),
    },
  }),
  drop_waiting: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: drop,
    link: dropPage,
    own: {
      samples: () => ({ standard: sampleDrop }),
      values: ({ title }, { inLanguage }) => ({ title: inLanguage(title) }),
    },
  }),
  drop_moved_up: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: drop.extend({ until: z.number().nullable() }),
    link: dropPage,
    own: {
      samples: () => ({ standard: { ...sampleDrop, until: sampleAt } }),
      values: ({ title }, { inLanguage }) => ({ title: inLanguage(title) }),
    },
  }),
  event_invitation: mailKind({
    topic: 'club',
    urgency: 'bulk',
    isUnasked: true,
    isPersonal: true,
    params: event.extend({ answerUntil: z.number(), ...aboutAccount }),
    link: eventPage,
    own: {
      samples: () => ({ standard: { ...sampleEvent, answerUntil: sampleAt } }),
      values: ({ title }, { inLanguage }) => ({ title: inLanguage(title) }),
    },
  }),
  event_moved_up: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: event,
    link: eventPage,
    own: {
      samples: () => ({ standard: sampleEvent }),
      values: ({ title }, { inLanguage }) => ({ title: inLanguage(title) }),
    },
  }),
  event_reminder: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: event,
    link: eventPage,
    own: {
      samples: () => ({ standard: sampleEvent }),
      values: ({ title }, { inLanguage }) => ({ title: inLanguage(title) }),
    },
  }),
  event_cancelled: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: event.extend({ reason: z.string() }),
    link: eventPage,
    own: {
      samples: () => ({ standard: { ...sampleEvent, reason: 'The room is not free.' } }),
      values: ({ title, reason }, { inLanguage }) => ({ title: inLanguage(title), reason }),
      required: ['reason'],
    },
  }),
  benefit_withdrawn: mailKind({
    topic: 'service',
    urgency: 'bulk',
    isPersonal: true,
    params: z.object({ title: names, reason: names, bonus: amount.nullable(), ...aboutAccount }),
    link: () => '/account/club',
    own: {
      samples: (sum) => ({
        standard: {
          title: { en: 'Free shipping' },
          reason: { en: 'Our carrier has changed.' },
          bonus: sum(500n),
        },
      }),
      values: ({ title, reason, bonus }, { formats, inLanguage }) => ({
        title: inLanguage(title),
        reason: inLanguage(reason),
        amount: bonus === null ? null : formats.money(bonus),
      }),
      required: ['title', 'reason', 'amount'],
    },
  }),
  panel_outcome: mailKind({
    topic: 'club',
    urgency: 'bulk',
    isPersonal: true,
    params: z.object({ title: names, outcome: names, ...aboutAccount }),
    link: () => '/account/club/panel',
    own: {
      samples: () => ({
        standard: { title: { en: 'Which tea next?' }, outcome: { en: 'It will be the oolong.' } },
      }),
      values: ({ title, outcome }, { inLanguage }) => ({
        title: inLanguage(title),
        text: inLanguage(outcome),
      }),
      required: ['text'],
    },
  }),
  directory_message: mailKind({
    topic: 'service',
    urgency: 'owed',
    /** `address` once the writer gives it. */
    params: z.object({ from: z.string(), text: z.string(), address: z.string().nullable() }),
    link: () => '/account/club/members',
    own: {
      samples: () => ({
        standard: { from: 'Maria Petrenko', text: 'Shall we share a parcel?', address: null },
      }),
      values: ({ from, text }) => ({ from, text }),
      required: ['from', 'text'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof clubMails> {}
}
