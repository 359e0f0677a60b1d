import { z } from 'zod';
import { instantAnswer, instantText, moneyAnswer } from '../../../ground/platform/answer.ts';
import { toMoneyJson } from '../../../ground/platform/money.ts';
import type { Payout } from './payout.ts';
import { payoutKinds, payoutStates } from './steps.ts';

/** A payout or donation as the API answers it; `reference` says where it goes, in the words of who asked for it. */
export const payoutAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(payoutKinds),
    amount: moneyAnswer,
    reference: z.string().nullable(),
    accountId: z.string(),
    customerId: z.string().nullable(),
    at: instantAnswer,
    state: z.enum(payoutStates),
    paid: z.object({ at: instantAnswer, reference: z.string().nullable() }).nullable(),
    returned: z.object({ at: instantAnswer, reason: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Payout' });
export type PayoutAnswer = z.infer<typeof payoutAnswer>;

export const payoutsAnswer = z
  .object({ items: z.array(payoutAnswer), nextCursor: z.string().nullable() })
  .meta({ id: 'Payouts' });

export function toPayoutAnswer(payout: Payout): PayoutAnswer {
  const { id, kind, amount, reference, accountId, person, at, state, paid, returned } = payout;
  return {
    id,
    kind,
    amount: toMoneyJson(amount.minor, amount.currency),
    reference,
    accountId,
    customerId: person.customerId,
    at: instantText(at),
    state,
    paid: paid && { at: instantText(paid.at), reference: paid.reference },
    returned: returned && { at: instantText(returned.at), reason: returned.reason },
  };
}
