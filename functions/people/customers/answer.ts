import { z } from 'zod';
import { instantAnswer, listAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { periodAnswer } from '../../money/accounts/balance-answer.ts';
import { entryKinds, entryReasons } from '../../money/rewards/types.ts';
import { customerManagerAnswer } from '../managers/schema.ts';
import { ownValuesAnswer } from '../own-fields/schema.ts';
import { entryExample } from './examples.ts';

/** That an account need not reach the minimum of an order or a voucher now; null where it has to. */
const waivedAnswer = z
  .object({
    by: z.enum(['club', 'staff']).meta({ description: 'A benefit of the club, or said for this account.' }),
    who: z.string().nullable().meta({ description: 'Who said so, of what staff said.' }),
    until: instantAnswer.nullable().meta({ description: 'The first moment without it.' }),
    reason: z.string(),
  })
  .nullable()
  .meta({ description: 'Whether a minimum is waived now: by whom, until when and why.' });

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
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        currency: z.string().nullable(),
        minimumWaived: waivedAnswer,
      }),
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
