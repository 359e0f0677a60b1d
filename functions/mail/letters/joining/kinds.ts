import { z } from 'zod';
import { mailKind } from '../mail-kind.ts';
import { challenge } from '../sign-in/kinds.ts';

const nothing = z.object({});

export const joiningMails = {
  welcome: mailKind({ topic: 'service', params: nothing, link: () => '/account' }),
  join_request_received: mailKind({ topic: 'service', params: nothing, link: () => '/join/waiting' }),
  join_declined: mailKind({
    topic: 'service',
    params: z.object({ reason: z.string() }),
    link: (_params, { brand }) => `mailto:${brand.contact.email}`,
  }),
  /** To the portal or, with a name, to a company or household of it. */
  invitation: mailKind({
    topic: 'service',
    isSecret: true,
    params: challenge.extend({
      accountName: z.string().nullable(),
      /** What the inviting person is called; null when the business invites. */
      from: z.string().nullable(),
      expiresAt: z.number(),
    }),
    link: (_params, { token }) => `/join/invitation?token=${encodeURIComponent(token)}`,
  }),
  /** To who manages a company or household. */
  people_waiting: mailKind({
    topic: 'service',
    params: z.object({ accountName: z.string(), people: z.number() }),
    link: () => '/account/people',
  }),
  /** Somebody left the portal. */
  goodbye: mailKind({
    topic: 'service',
    params: z.object({ at: z.number() }),
    link: () => '/join',
  }),
};
