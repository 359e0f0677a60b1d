import { z } from 'zod';
import { roles } from '../../../platform/context.ts';
import { mailKind } from '../mail-kind.ts';
import { challenge, linkOfChallenge } from '../sign-in/kinds.ts';

export const staffMails = {
  staff_invitation: mailKind({
    topic: 'service',
    isSecret: true,
    params: challenge.extend({ role: z.enum(roles) }),
    link: linkOfChallenge,
  }),
};
