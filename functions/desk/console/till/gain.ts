import type { Amount } from '../../../ground/platform/money.ts';
import { progressNow } from '../../../money/accounts/build-balance.ts';
import type { OrderPreview } from '../../../money/orders/preview-order.ts';

/** What a sale brings its customer. */
export interface Gain {
  earned: Amount;
  pending: Amount;
  /** The part of `earned` that comes as vouchers. */
  vouchers: Amount;
  /** Below zero while something is owed. */
  balanceAfter: Amount;
  /** Whether a part of the sale counts for nothing. */
  isPartLeftOut: boolean;
  /** How far the nearest target is then. */
  next: { missing: Amount; pays: Amount } | null;
}

/** The gain of a sale as its preview has it. */
export function gainOf({ order, after, totals, vouchersMinor, business }: OrderPreview, now: number): Gain {
  const { earned, pending, lines } = order.rewards;
  const amount = (minor: bigint): Amount => ({ minor, currency: earned.currency });
  const [nearest] = progressNow({ root: after, totals }, business, now)
    .flatMap(({ missing, pays }) => (missing === null || pays === null ? [] : [{ missing, pays }]))
    .toSorted((a, b) => Number(a.missing - b.missing));
  return {
    earned: amount(BigInt(earned.amount)),
    pending: amount(BigInt(pending.amount)),
    vouchers: amount(vouchersMinor),
    balanceAfter: amount(after.balanceMinor),
    isPartLeftOut: lines.some(({ reason }) => reason !== null),
    next: nearest === undefined ? null : { missing: amount(nearest.missing), pays: amount(nearest.pays) },
  };
}
