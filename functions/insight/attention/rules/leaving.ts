import type { AttentionReason } from '../reasons.ts';
import { type AskedDay, HABIT_DAYS_LEAST, silentDays, type WatchedAccount } from './known.ts';

/** When an account counts as one that leaves, or that has left. */
const leaving = {
  /** Chance of being alive, in thousandths, below which an account walks away, and below which it has lapsed. */
  walksPermille: 500,
  lapsedPermille: 200,
  /** Whoever is on a list stays there until the chance is so much higher: nobody comes and goes with a day's noise. */
  stayPermille: 50,
  /** So many times the upper quartile of the own interval without a purchase. */
  walksTimesUpper: 1.5,
  walksSilentLeast: 21,
  /** So many times the median of the own interval. */
  lapsedTimesMedian: 3,
  lapsedSilentLeast: 60,
  /** Where there is neither habit nor forecast. */
  lapsedSilentLong: 365,
  /** Who was gone longer is no news. */
  lapsedSilentMost: 3 * 365,
} as const;

/** Gone by the own habit or by the forecast, after having bought; empty for who has not lapsed. */
export function lapsedReasons(known: WatchedAccount, { today }: AskedDay, isOn: boolean): AttentionReason[] {
  const silent = silentDays(known.lastOn, today);
  if (silent < leaving.lapsedSilentLeast || silent > leaving.lapsedSilentMost) return [];
  const { interval, forecast, purchaseDays } = known;
  const reasons: AttentionReason[] = [];
  if (interval !== null && purchaseDays >= HABIT_DAYS_LEAST) {
    const limit = Math.max(interval.medianDays * leaving.lapsedTimesMedian, interval.upperDays);
    if (silent > limit)
      reasons.push({ code: 'silent_times', silentDays: silent, medianDays: interval.medianDays });
  }
  if (isAliveBelow(forecast, leaving.lapsedPermille, isOn))
    reasons.push({ code: 'alive_below', alivePercent: percentOf(forecast) });
  if (reasons.length === 0 && forecast === null && silent > leaving.lapsedSilentLong)
    reasons.push({ code: 'silent_long', silentDays: silent });
  return reasons;
}

/** Worth more than half of the accounts, and quieter than its own habit or the forecast allow; lapsed ones are no longer. */
export function walksAwayReasons(known: WatchedAccount, asked: AskedDay, isOn: boolean): AttentionReason[] {
  const { medianMinor, today } = asked;
  if (medianMinor === null || known.yearMinor < medianMinor || known.purchaseDays < 2) return [];
  const silent = silentDays(known.lastOn, today);
  if (silent < leaving.walksSilentLeast || lapsedReasons(known, asked, false).length > 0) return [];
  const reasons: AttentionReason[] = [];
  if (isAliveBelow(known.forecast, leaving.walksPermille, isOn))
    reasons.push({ code: 'alive_below', alivePercent: percentOf(known.forecast) });
  const { interval } = known;
  if (interval !== null && known.purchaseDays >= HABIT_DAYS_LEAST) {
    const usualDays = Math.ceil(interval.upperDays * leaving.walksTimesUpper);
    if (silent > usualDays)
      reasons.push({ code: 'silent_beyond', silentDays: silent, usualDays: interval.upperDays });
  }
  if (reasons.length === 0) return [];
  const worth = { valueMinor: String(known.yearMinor), medianMinor: String(medianMinor) };
  return [...reasons, { code: 'value_above', ...worth }];
}

function isAliveBelow(forecast: WatchedAccount['forecast'], permille: number, isOn: boolean): boolean {
  return forecast !== null && forecast.alivePermille < permille + (isOn ? leaving.stayPermille : 0);
}

const percentOf = (forecast: WatchedAccount['forecast']) => Math.round((forecast?.alivePermille ?? 0) / 10);
