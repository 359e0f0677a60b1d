import { z } from 'zod';
import { onOrOff, type Policy } from '../../ground/settings/policy.ts';

/** Business hours within which who wrote to the business is answered. */
export const replyHours: Policy<number> = {
  key: 'replyHours',
  schema: z.coerce.number().int().min(1).max(720),
  standard: 16,
  about: 'within how many business hours feedback is answered: a whole number from 1 to 720',
};

export const anonymousFeedback = onOrOff({
  key: 'anonymousFeedback',
  about: 'whether feedback without a name is taken',
});
