import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Lot, Taken } from '../rewards/lots.ts';

/** A voucher bought with balance lasts at least this long, however soon its credit would have ended. */
const VOUCHER_DAYS_MIN = 30;

export interface VoucherTerms {
  /** First instant at which it no longer counts; null = never. */
  expiresAt: number | null;
  /** What goes back to the balance when it ends unused, minor units. */
  returnsMinor: bigint;
}

/**
 * The end of a voucher is the soonest end of the credit that pays for it, so that nobody outlives an expiry by it. What
 * was paid by credit that lasts longer is not lost with it: unused, it goes back.
 */
export function voucherTerms(
  taken: readonly Taken[],
  lots: readonly Pick<Lot, 'seq' | 'expiresAt'>[],
  now: number,
): VoucherTerms {
  const endOf = new Map(lots.map(({ seq, expiresAt }) => [seq, expiresAt]));
  const parts = taken.map(({ lotSeq, amount }) => ({ amount, end: endOf.get(lotSeq) ?? null }));
  const ends = parts.flatMap(({ end }) => end ?? []);
  if (ends.length === 0) return { expiresAt: null, returnsMinor: 0n };
  const expiresAt = Math.max(Math.min(...ends), now + VOUCHER_DAYS_MIN * DAY_MS);
  const lasting = parts.filter(({ end }) => end === null || end > expiresAt);
  return { expiresAt, returnsMinor: lasting.reduce((sum, { amount }) => sum + amount, 0n) };
}
