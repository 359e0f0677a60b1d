import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import {
  day,
  freeText,
  identifier,
  lineOfText,
  pageCursor,
  positiveMoney,
} from '../../ground/platform/input.ts';

export const hospitalityKinds = ['gift', 'entertainment'] as const;

/** `POST /hospitality`: `giver` is the address of somebody of the team; `day` today when left out. */
export const recordInput = z.strictObject({
  customer: identifier(100),
  giver: z.string().trim().toLowerCase().max(200),
  kind: z.enum(hospitalityKinds),
  purpose: lineOfText(300).refine((text) => text !== '', {
    params: { code: 'required' },
    message: 'is needed: what it is for',
  }),
  worth: positiveMoney,
  day: day.nullish().transform((text) => text ?? null),
});
export type RecordInput = z.input<typeof recordInput>;

/** `POST /hospitality/{id}/decision`: `by` is the address of who decided, needed of programs; a refusal needs its reason. */
export const decisionInput = z.strictObject({
  outcome: z.enum(['approved', 'refused']).meta({ description: 'A refusal needs a reason.' }),
  reason: freeText(300),
  by: z
    .string()
    .trim()
    .toLowerCase()
    .max(200)
    .nullish()
    .transform((address) => address || null)
    .meta({
      description:
        'The address of the owner or manager who decided, who neither gives it nor wrote it down; of the owner, where nobody else on the team could.',
    }),
});
export type DecisionInput = z.input<typeof decisionInput>;

/** `POST /hospitality/{id}/withdrawal` */
export const withdrawalInput = z.strictObject({
  reason: lineOfText(300)
    .refine((text) => text !== '', { params: { code: 'required' }, message: 'is needed' })
    .meta({ description: 'Why it counts for nothing.' }),
});
export type WithdrawalInput = z.input<typeof withdrawalInput>;

export const hospitalityQuery = z.strictObject({
  since: day.optional().meta({ description: 'The first day; the first of this year unless given.' }),
  until: day.optional().meta({ description: 'The last day; the last of this year unless given.' }),
  cursor: pageCursor.optional(),
});

export const hospitalityAnswer = z
  .object({
    id: z.string(),
    kind: z.enum([...hospitalityKinds, 'event']),
    customerId: z.string(),
    giver: z.string(),
    purpose: z.string(),
    worth: moneyAnswer,
    day: z.string().meta({ format: 'date' }),
    state: z.enum(['given', 'waiting', 'approved', 'refused', 'withdrawn']),
    limits: z
      .object({ act: moneyAnswer, year: moneyAnswer, yearBefore: moneyAnswer })
      .meta({ description: 'The limits of that moment, and what the person had had in the year.' }),
    passed: z.array(z.enum(['act', 'year'])).meta({ description: 'Which limits it passes.' }),
    decided: z
      .object({
        by: z.string(),
        at: instantAnswer,
        reason: z.string().nullable(),
        isAlone: z
          .boolean()
          .meta({ description: 'Whether it was their own, since there was no second person.' }),
      })
      .nullable()
      .meta({ description: 'By whom it was approved or refused.' }),
    withdrawn: z
      .object({ by: z.string(), at: instantAnswer, reason: z.string() })
      .nullable()
      .meta({ description: 'By whom it was taken back, and why.' }),
  })
  .meta({ id: 'Hospitality' });
export type HospitalityAnswer = z.infer<typeof hospitalityAnswer>;

export const recordExample = {
  customer: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f',
  giver: 'olena@example.com',
  kind: 'entertainment',
  purpose: 'Lunch, to talk about next year’s order',
  worth: { amount: 4200, currency: 'EUR' },
  day: '2026-03-01',
} as const;

export const decisionExample = {
  outcome: 'approved',
  reason: 'Ten years come round once.',
  by: 'maryna@example.com',
} as const;

export const withdrawalExample = { reason: 'They could not come.' };
