import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { challenge } from '../../sign-in/letters/kinds.ts';

const nothing = z.object({});

export const joiningMails = {
  welcome: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: nothing,
    link: () => '/account',
    own: { samples: () => ({ standard: {} }) },
  }),
  join_request_received: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: nothing,
    link: () => '/join/waiting',
    own: { samples: () => ({ standard: {} }) },
  }),
  join_declined: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ reason: z.string() }),
    link: (_params, { identity }) => `mailto:${identity.contact.email}`,
    own: {
      samples: () => ({ standard: { reason: 'We sell to businesses only.' } }),
      values: ({ reason }) => ({ reason }),
      required: ['reason'],
    },
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
    own: {
      samples: () => {
        const one = { challengeId: '0', from: 'Maria Petrenko', expiresAt: Date.UTC(2027, 0, 1) };
        return { portal: { ...one, accountName: null }, account: { ...one, accountName: 'Blue Door Ltd' } };
      },
      caseOf: ({ accountName }) => (accountName === null ? 'portal' : 'account'),
      values: ({ accountName, from }, { business }) => ({
        from: from ?? business,
        ...(accountName === null ? {} : { account: accountName }),
      }),
      required: ['from'],
    },
  }),
  /** To who manages a company or household. */
  people_waiting: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ accountName: z.string(), people: z.number() }),
    link: () => '/account/people',
    own: {
      samples: () => ({
        one: { accountName: 'Blue Door Ltd', people: 1 },
        several: { accountName: 'Blue Door Ltd', people: 3 },
      }),
      caseOf: ({ people }) => (people === 1 ? 'one' : 'several'),
      values: ({ accountName, people }) => ({
        account: accountName,
        ...(people === 1 ? {} : { number: String(people) }),
      }),
      required: ['account'],
    },
  }),
  /** Somebody left the portal. */
  goodbye: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ at: z.number() }),
    link: () => '/join',
    own: {
      samples: () => ({ standard: { at: Date.UTC(2026, 11, 1, 12) } }),
      values: ({ at }, { formats }) => ({ date: formats.moment({ at, day: null }) }),
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof joiningMails> {}
}
