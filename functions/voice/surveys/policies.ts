import { z } from 'zod';
import type { Policy } from '../../ground/settings/policy.ts';

/** How long one person is left alone between two invitations to surveys. */
export const surveyRestDays: Policy<number> = {
  key: 'surveyRestDays',
  schema: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number),
  standard: 60,
  about: 'days between two survey invitations of one person: a whole number from 0 to 999',
};
