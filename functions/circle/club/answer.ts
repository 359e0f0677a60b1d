import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';

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

const dayAnswer = z.string().meta({ format: 'date', examples: ['2026-12-31'] });

/** A member with their level: why they have it, until when, and what keeps it. */
export const memberStanding = z
  .object({
    accountId: z.string(),
    since: instantAnswer,
    how: z.enum(['invitation', 'application', 'spend', 'staff']),
    level: z.string().nullable(),
    because: z
      .object({
        year: z.int().nullable().meta({ description: 'Null for all purchases ever.' }),
        spend: moneyAnswer,
      })
      .nullable()
      .meta({ description: 'What holds the level; null at the lowest.' }),
    heldThrough: dayAnswer
      .nullable()
      .meta({ description: 'The last business day on which it is held, whatever is bought; null for ever.' }),
    keep: z
      .object({
        missing: moneyAnswer,
        by: dayAnswer,
        graceThrough: dayAnswer.nullable().meta({ description: 'What is bought until then still counts.' }),
        fallsTo: z.string(),
      })
      .nullable()
      .meta({ description: 'What has to be bought to hold it on; null where nothing has to be yet.' }),
    next: z.object({ level: z.string(), missing: moneyAnswer }).nullable(),
  })
  .meta({ id: 'ClubStanding' });
export type MemberStanding = z.infer<typeof memberStanding>;

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
