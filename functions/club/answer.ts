import { z } from 'zod';
import { instantAnswer } from '../platform/answer.ts';

/** A membership as the API answers it; no personal data. */
export const memberAnswer = z
  .object({
    accountId: z.string(),
    since: instantAnswer,
    until: instantAnswer.nullable(),
    how: z.enum(['invitation', 'application', 'spend', 'staff']),
  })
  .meta({ id: 'ClubMember' });
export type MemberAnswer = z.infer<typeof memberAnswer>;
