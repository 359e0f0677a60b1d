import { decideCredit } from '../../functions/console/decide-credit.ts';
import { listCreditRequests } from '../../functions/credits/list-credit-requests.ts';
import type { Context } from '../../functions/platform/context.ts';
import { handOver, listOwedRedemptions } from '../../functions/redemptions/hand-over.ts';
import { orRefusal } from './or-refusal.ts';

/** Money that waits for a person: credit for a second one, payouts and donations to be handed over. */
export function creditOperations(ctx: Context) {
  const done = { ok: true as const };
  return {
    listRequests: () => listCreditRequests(ctx),
    decide: (asked: Parameters<typeof decideCredit>[1]) =>
      orRefusal(
        ['already_decided', 'not_found', 'forbidden', 'credit_to_oneself', 'insufficient_balance'],
        async () => {
          await decideCredit(ctx, asked);
          return done;
        },
      ),
    listOwed: () => listOwedRedemptions(ctx),
    handOver: (asked: { redemptionId: string }) =>
      orRefusal(['not_found'], async () => {
        await handOver(ctx, asked);
        return done;
      }),
  };
}
