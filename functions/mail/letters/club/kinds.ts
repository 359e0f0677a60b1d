import { z } from 'zod';
import { mailKind } from '../mail-kind.ts';
import { amount } from '../shapes.ts';

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
    /** Whether reaching the spend of the club brought it about. */
    params: z.object({ isBySpend: z.boolean() }),
    link: () => '/account/club',
  }),
  club_welcome: mailKind({
    topic: 'service',
    params: z.object({ since: z.number() }),
    link: () => '/account/club',
  }),
  club_declined: mailKind({
    topic: 'service',
    params: z.object({ reason: z.string() }),
    link: () => '/account/club',
  }),
  drop_open: mailKind({
    topic: 'club',
    params: drop.extend({ stock: z.number(), closesAt: z.number() }),
    link: dropPage,
  }),
  drop_claimed: mailKind({
    topic: 'service',
    params: drop.extend({ until: z.number().nullable() }),
    link: dropPage,
  }),
  drop_waiting: mailKind({ topic: 'service', params: drop, link: dropPage }),
  drop_moved_up: mailKind({
    topic: 'service',
    params: drop.extend({ until: z.number().nullable() }),
    link: dropPage,
  }),
  event_invitation: mailKind({
    topic: 'club',
    params: event.extend({ answerUntil: z.number() }),
    link: eventPage,
  }),
  event_moved_up: mailKind({ topic: 'service', params: event, link: eventPage }),
  event_reminder: mailKind({ topic: 'service', params: event, link: eventPage }),
  event_cancelled: mailKind({
    topic: 'service',
    params: event.extend({ reason: z.string() }),
    link: eventPage,
  }),
  benefit_withdrawn: mailKind({
    topic: 'service',
    params: z.object({ title: names, reason: names, bonus: amount.nullable() }),
    link: () => '/account/club',
  }),
  panel_outcome: mailKind({
    topic: 'club',
    params: z.object({ title: names, outcome: names }),
    link: () => '/account/club/panel',
  }),
  directory_message: mailKind({
    topic: 'service',
    /** `address` once the writer gives it. */
    params: z.object({ from: z.string(), text: z.string(), address: z.string().nullable() }),
    link: () => '/account/club/members',
  }),
};
