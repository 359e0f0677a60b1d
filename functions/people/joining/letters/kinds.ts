import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { challenge } from '../../sign-in/letters/kinds.ts';

const nothing = z.object({});

export const joiningMails = {
  welcome: mailKind({ topic: 'service', urgency: 'owed', params: nothing, link: () => '/account' }),
  join_request_received: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: nothing,
    link: () => '/join/waiting',
  }),
  join_declined: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ reason: z.string() }),
    link: (_params, { identity }) => `mailto:${identity.contact.email}`,
  }),
  /** To the portal or, with a name, to a company or household of it. */
  invitation: mailKind({
    topic: 'service',
    urgency: 'now',
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
    urgency: 'owed',
    params: z.object({ accountName: z.string(), people: z.number() }),
    link: () => '/account/people',
  }),
  /** Somebody left the portal. */
  goodbye: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ at: z.number() }),
    link: () => '/join',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof joiningMails> {}
}
