import { z } from 'zod';
import { instantAnswer } from '../../ground/platform/answer.ts';
import { day, identifier, lineOfText, pageCursor } from '../../ground/platform/input.ts';

/** `POST /minimum-waivers`: `until` is the last business day of it; until it is ended when left out. */
export const waiveInput = z.strictObject({
  account: identifier(100),
  until: day.nullish().transform((text) => text ?? null),
  reason: lineOfText(500).refine((text) => text !== '', {
    params: { code: 'required' },
    message: 'is needed',
  }),
});

export const waiverStates = ['current', 'ended'] as const;
export type WaiverState = (typeof waiverStates)[number];

export const waiversQuery = z.strictObject({
  state: z
    .enum(waiverStates)
    .optional()
    .meta({ description: 'Those that run, unless given, or those that are over.' }),
  cursor: pageCursor.optional(),
});

export const waiverAnswer = z
  .object({
    id: z.string(),
    accountId: z.string(),
    at: instantAnswer,
    by: z.string().meta({ description: 'Who said so: an address of the team, or what acted.' }),
    until: z
      .string()
      .nullable()
      .meta({ format: 'date', description: 'The last business day of it; null until it is ended.' }),
    reason: z.string(),
  })
  .meta({ id: 'MinimumWaiver' });
export type WaiverAnswer = z.infer<typeof waiverAnswer>;

/** A waiver with whose it is; `customerId` opens their page. */
export const listedWaiver = waiverAnswer
  .extend({
    account: z.string().nullable().meta({ description: 'The name of the account, or of its owner.' }),
    customerId: z.string().nullable(),
    endedAt: instantAnswer.nullable().meta({ description: 'Null while it runs.' }),
    endedBy: z
      .string()
      .nullable()
      .meta({ description: 'Who ended it; null while it runs or where it ran out.' }),
  })
  .meta({ id: 'ListedMinimumWaiver' });
export type ListedWaiver = z.infer<typeof listedWaiver>;

export const endedAnswer = z.object({ id: z.string(), accountId: z.string(), endedAt: instantAnswer });
export type EndedAnswer = z.infer<typeof endedAnswer>;

export const waiveExample = {
  account: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f',
  until: '2030-12-31',
  reason: 'Opens two cafés this year and orders in small lots.',
};
