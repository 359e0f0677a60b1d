import { smallerOf } from '../../ground/platform/money.ts';
import type { ReturnOutcome, ReturnTerms } from './terms.ts';
import { bonusBps } from './terms.ts';

/** Who gets what of a return, in minor units; `moneyMinor` + `voucherMinor` = `worthMinor` of what comes back. */
export interface ReturnSplit {
  /** What the goods that come back had cost. */
  worthMinor: bigint;
  /** What goes back as money; 0 where credit or an exchange was chosen. */
  moneyMinor: bigint;
  /** What of it vouchers or credit had paid. */
  voucherMinor: bigint;
  /** What is booked as credit, with the bonus. */
  creditMinor: bigint;
  bonusMinor: bigint;
}

/**
 * What vouchers or credit had paid comes back in proportion to the price, never as money: as credit, or not at all, as the
 * terms say. `before` is what of the order was given back by then; parts add up to the whole whatever their sequence.
 */
export function splitReturn(about: {
  outcome: ReturnOutcome;
  terms: Pick<ReturnTerms, 'creditBonus' | 'vouchers'>;
  worthMinor: bigint;
  /** All that was paid for the order, and what of it by vouchers and credit. */
  paidMinor: bigint;
  voucherPaidMinor: bigint;
  beforeMinor: bigint;
}): ReturnSplit {
  const { outcome, terms, worthMinor } = about;
  if (outcome === 'exchange')
    return { worthMinor, moneyMinor: 0n, voucherMinor: 0n, creditMinor: 0n, bonusMinor: 0n };
  const voucherMinor = voucherPart(about);
  const rest = worthMinor - voucherMinor;
  const kept = terms.vouchers === 'credit' ? voucherMinor : 0n;
  const bonusMinor = outcome === 'credit' ? (rest * bonusBps(terms)) / 10_000n : 0n;
  return {
    ...{ worthMinor, voucherMinor, bonusMinor },
    moneyMinor: outcome === 'refund' ? rest : 0n,
    creditMinor: kept + bonusMinor + (outcome === 'credit' ? rest : 0n),
  };
}

function voucherPart({
  worthMinor,
  paidMinor,
  voucherPaidMinor,
  beforeMinor,
}: Pick<
  Parameters<typeof splitReturn>[0],
  'worthMinor' | 'paidMinor' | 'voucherPaidMinor' | 'beforeMinor'
>): bigint {
  if (paidMinor <= 0n || voucherPaidMinor <= 0n) return 0n;
  const paid = smallerOf(voucherPaidMinor, paidMinor);
  const upTo = (minor: bigint) => (paid * minor) / paidMinor;
  return upTo(beforeMinor + worthMinor) - upTo(beforeMinor);
}
