import { z } from 'zod';
import { instantAnswer, instantText, moneyAnswer } from '../../../ground/platform/answer.ts';
import { lineOfText, pageCursor } from '../../../ground/platform/input.ts';
import { toMoneyJson } from '../../../ground/platform/money.ts';
import type { ToldPromise } from './list-told.ts';

/** `POST /club/told-promises/{id}/withdrawal` */
export const takeBackInput = z.strictObject({
  reason: lineOfText(500)
    .refine((text) => text !== '', { params: { code: 'required' }, message: 'is needed' })
    .meta({ description: 'Why it was told by mistake.' }),
});

export const takeBackExample = { reason: 'It was somebody else’s cup.' };

export const toldQuery = z.strictObject({ cursor: pageCursor.optional() });

/** What was told of a benefit, as the API answers it. */
export const toldAnswer = z
  .object({
    id: z.string(),
    benefitId: z.string(),
    titles: z.record(z.string(), z.string()).meta({ description: 'Of the benefit, by language.' }),
    accountId: z.string(),
    account: z.string().nullable().meta({ description: 'The name of the account, or of its owner.' }),
    customerId: z.string().nullable(),
    kept: z.boolean(),
    day: z.string().meta({ format: 'date' }),
    note: z.string().nullable(),
    at: instantAnswer,
    by: z.string().meta({ description: 'Who told it: an address of the team, or what acted.' }),
    madeGood: moneyAnswer.nullable().meta({ description: 'What the member got for it; it stays theirs.' }),
    withdrawn: z
      .object({ by: z.string(), at: instantAnswer, reason: z.string() })
      .nullable()
      .meta({ description: 'By whom it was taken back, and why.' }),
  })
  .meta({ id: 'ClubToldPromise' });

export const takenBackAnswer = z
  .object({
    id: z.string(),
    madeGood: moneyAnswer.nullable().meta({ description: 'What the member got for it; it stays theirs.' }),
    withdrawnAt: instantAnswer,
  })
  .meta({ id: 'ClubPromiseTakenBack' });
export type TakenBack = z.infer<typeof takenBackAnswer>;

export function toToldAnswer({
  titles,
  isKept,
  at,
  amends,
  withdrawn,
  ...told
}: ToldPromise): z.infer<typeof toldAnswer> {
  const { id, benefitId, accountId, account, customerId, day, note, by } = told;
  return {
    ...{ id, benefitId, titles, accountId, account, customerId, day, note, by },
    ...{ kept: isKept, at: instantText(at) },
    madeGood: amends && toMoneyJson(amends.minor, amends.currency),
    withdrawn: withdrawn && { ...withdrawn, at: instantText(withdrawn.at) },
  };
}
