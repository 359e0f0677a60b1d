import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';

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

export const clubMails = {
  club_invitation: mailKind({
    topic: 'club',
    urgency: 'bulk',
    /** Whether reaching the spend of the club brought it about. */
    params: z.object({ isBySpend: z.boolean() }),
    link: () => '/account/club',
  }),
  club_welcome: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ since: z.number() }),
    link: () => '/account/club',
  }),
  club_declined: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ reason: z.string() }),
    link: () => '/account/club',
  }),
  drop_open: mailKind({
    topic: 'club',
    urgency: 'bulk',
    params: drop.extend({ stock: z.number(), closesAt: z.number() }),
    link: dropPage,
  }),
  drop_claimed: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: drop.extend({ until: z.number().nullable() }),
    link: dropPage,
  }),
  drop_waiting: mailKind({ topic: 'service', urgency: 'owed', params: drop, link: dropPage }),
  drop_moved_up: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: drop.extend({ until: z.number().nullable() }),
    link: dropPage,
  }),
  event_invitation: mailKind({
    topic: 'club',
    urgency: 'bulk',
    params: event.extend({ answerUntil: z.number() }),
    link: eventPage,
  }),
  event_moved_up: mailKind({ topic: 'service', urgency: 'owed', params: event, link: eventPage }),
  event_reminder: mailKind({ topic: 'service', urgency: 'owed', params: event, link: eventPage }),
  event_cancelled: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: event.extend({ reason: z.string() }),
    link: eventPage,
  }),
  benefit_withdrawn: mailKind({
    topic: 'service',
    urgency: 'bulk',
    params: z.object({ title: names, reason: names, bonus: amount.nullable() }),
    link: () => '/account/club',
  }),
  panel_outcome: mailKind({
    topic: 'club',
    urgency: 'bulk',
    params: z.object({ title: names, outcome: names }),
    link: () => '/account/club/panel',
  }),
  directory_message: mailKind({
    topic: 'service',
    urgency: 'owed',
    /** `address` once the writer gives it. */
    params: z.object({ from: z.string(), text: z.string(), address: z.string().nullable() }),
    link: () => '/account/club/members',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof clubMails> {}
}
