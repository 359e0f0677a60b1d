import { z } from 'zod';
import { roles } from '../../../platform/context.ts';
import { mailKind } from '../mail-kind.ts';
import { amount } from '../shapes.ts';
import { challenge, linkOfChallenge } from '../sign-in/kinds.ts';

export const staffMails = {
  staff_invitation: mailKind({
    topic: 'service',
    isSecret: true,
    params: challenge.extend({ role: z.enum(roles) }),
    link: linkOfChallenge,
  }),
  /** To owners and managers: what waits to be handed over or confirmed. */
  staff_waiting: mailKind({
    topic: 'service',
    params: z.object({
      owed: z.array(z.object({ kind: z.enum(['payout', 'donation']), count: z.number(), amount })),
      people: z.number(),
    }),
    link: ({ owed }) => (owed.length > 0 ? '/console/credits' : '/console/joining'),
  }),
};
