import { z } from 'zod';
import { instantAnswer, listAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { periodAnswer } from '../../money/accounts/balance-answer.ts';
import { entryKinds, entryReasons } from '../../money/rewards/types.ts';
import { customerManagerAnswer } from '../managers/schema.ts';
import { ownValuesAnswer } from '../own-fields/schema.ts';
import { entryExample } from './examples.ts';

/** Customer of DOMAIN §4. An account's `name` is null for the customer's own; `currency` until one is set. */
export const customerAnswer = z
  .object({
    id: z.string(),
    /** Null for who is known by a source's key alone. */
    email: z.string().nullable(),
    name: z.string().nullable(),
    memberNumber: z.string().nullable(),
    claimed: z.boolean(),
    accounts: z.array(
      z.object({ id: z.string(), name: z.string().nullable(), currency: z.string().nullable() }),
    ),
    /** What the business keeps in fields of its own, by their keys. */
    own: ownValuesAnswer,
    manager: customerManagerAnswer,
  })
  .meta({ id: 'Customer' });
export type CustomerAnswer = z.infer<typeof customerAnswer>;

/** `amount` is signed. The amounts of `explanation` add up to it. */
const entryAnswer = z
  .object({
    id: z.string(),
    seq: z.int(),
    at: instantAnswer,
    kind: z.enum(entryKinds),
    because: z.enum(entryReasons).nullable().meta({
      description: 'What it was written with; null where it was the programme, or an act of its own.',
    }),
    amount: moneyAnswer,
    balanceAfter: moneyAnswer,
    rule: z.string().nullable(),
    version: z.int().nullable(),
    period: periodAnswer.nullable(),
    order: z.object({ source: z.string(), number: z.string() }).nullable(),
    explanation: z.array(z.object({ text: z.string(), amount: moneyAnswer })),
  })
  .meta({ id: 'Entry', examples: [entryExample] });
export type EntryAnswer = z.infer<typeof entryAnswer>;

export const customersAnswer = listAnswer(customerAnswer);
export type CustomersAnswer = z.infer<typeof customersAnswer>;
export const entriesAnswer = listAnswer(entryAnswer);
export type EntriesAnswer = z.infer<typeof entriesAnswer>;
