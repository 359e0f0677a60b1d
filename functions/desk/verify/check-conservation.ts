import type { Findings } from './difference.ts';
import type { Evidence } from './evidence.ts';

/**
 * Invariant 3 of DOMAIN §2 for one account, each sum from its own rows: what was posted, given and forgiven is what was
 * redeemed, turned into vouchers, expired and is still open, less the debt.
 */
export function checkConservation(evidence: Evidence, { compare }: Findings): void {
  const { root, totals, entries, lots, redemptions, vouchers } = evidence;
  const given = entries.filter(({ kind }) => givenKinds.has(kind));
  const reversed = new Set(evidence.reversals.map(({ redemptionId }) => redemptionId));
  const cancelled = new Set(evidence.cancellations.map(({ code }) => code));
  const debt = root.balanceMinor < 0n ? -root.balanceMinor : 0n;
  const into =
    sum(totals.map(({ postedMinor }) => postedMinor)) + sum(given.map(({ amountMinor }) => amountMinor));
  const outOf =
    sum(redemptions.filter(({ id }) => !reversed.has(id)).map(({ amountMinor }) => amountMinor)) +
    sum(
      vouchers
        .filter(({ code, redemptionId }) => redemptionId === null && !cancelled.has(code))
        .map(({ amountMinor }) => amountMinor),
    ) +
    sum(lots.map(({ expiredMinor }) => expiredMinor)) +
    sum(lots.map(({ remainingMinor }) => remainingMinor)) -
    debt;
  compare('account_conservation', into, outOf);
}

const givenKinds = new Set(['bonus', 'bonus_reversal', 'adjust', 'forgive']);

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
