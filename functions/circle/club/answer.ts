import { z } from 'zod';
import { instantAnswer } from '../../ground/platform/answer.ts';

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

/** A member as the list of members tells it; `email` only of a person's own account. */
export const listedMember = z
  .object({
    accountId: z.string(),
    customerId: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    since: instantAnswer,
    how: z.enum(['invitation', 'application', 'spend', 'staff']),
    level: z.string().nullable(),
  })
  .meta({ id: 'ListedClubMember' });
export type ListedMember = z.infer<typeof listedMember>;
