import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';
import { roles } from '../../../ground/platform/context.ts';
import { challenge, linkOfChallenge } from '../../sign-in/letters/kinds.ts';

export const staffMails = {
  staff_invitation: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: challenge.extend({ role: z.enum(roles) }),
    link: linkOfChallenge,
  }),
  /** To all owners, and to the one of them from whom something is to be taken: that it waits, or how it ended. */
  owner_change: mailKind({
    topic: 'service',
    urgency: 'now',
    params: z.object({
      act: z.enum(['shut-out', 'role', 'sign-out', 'factor']),
      role: z.enum(roles).nullable(),
      /** With the address, and how whoever it concerns is told apart. */
      who: z.string(),
      isYou: z.boolean().default(false),
      outcome: z.enum(['asked', 'agreed', 'due', 'stopped']),
      dueAt: z.number(),
    }),
    link: () => '/console/staff',
  }),
  /** To whom it belongs. */
  factor_added: mailKind({
    topic: 'service',
    urgency: 'now',
    params: z.object({ at: z.number() }),
    link: () => '/console/devices',
  }),
  /** To whoever of the team asks whether mail arrives. */
  mail_test: mailKind({
    topic: 'service',
    urgency: 'now',
    params: z.object({}),
    link: () => '/console/set-up/sender',
  }),
  /** To owners and managers: what waits to be handed over or confirmed. */
  staff_waiting: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      owed: z.array(z.object({ kind: z.enum(['payout', 'donation']), count: z.number(), amount })),
      people: z.number(),
    }),
    link: ({ owed }) => (owed.length > 0 ? '/console/payouts' : '/console/joining'),
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof staffMails> {}
}
