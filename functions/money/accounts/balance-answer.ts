import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const period = { from: '2026-01-01', to: '2027-01-01' };

/** 50 cents of 12.00 lapse at the end of the year; 21.40 is missing to the next 5.00. */
const balanceExample = {
  accountId: '0199c1d2e3f47a5b8c6d7e8f90a1b203',
  spend: euros(27_860),
  available: euros(1200),
  pending: euros(500),
  debt: euros(0),
  lots: [
    { remaining: euros(50), expiresAt: '2027-01-01T00:00:00Z' },
    { remaining: euros(1150), expiresAt: null },
  ],
  progress: [
    {
      rule: 'money-back',
      version: 1,
      period,
      spend: euros(27_860),
      nextTarget: euros(30_000),
      missing: euros(2140),
      pays: euros(500),
    },
  ],
};

/** Days in business time; `to` is exclusive and null while the period is open. */
export const periodAnswer = z.object({ from: z.string(), to: z.string().nullable() });

/** The last target reached leaves `nextTarget`, `missing` and `pays` null. */
const progressAnswer = z.object({
  rule: z.string(),
  version: z.int(),
  period: periodAnswer,
  spend: moneyAnswer,
  nextTarget: moneyAnswer.nullable(),
  missing: moneyAnswer.nullable(),
  pays: moneyAnswer.nullable(),
});

export const balanceAnswer = z
  .object({
    accountId: z.string(),
    spend: moneyAnswer,
    available: moneyAnswer,
    pending: moneyAnswer,
    debt: moneyAnswer,
    lots: z.array(z.object({ remaining: moneyAnswer, expiresAt: instantAnswer.nullable() })),
    progress: z.array(progressAnswer),
  })
  .meta({ id: 'Balance', examples: [balanceExample] });
export type BalanceAnswer = z.infer<typeof balanceAnswer>;
