import { addDays, dayNumber } from '../../../ground/platform/calendar.ts';
import type { AttentionReason } from '../reasons.ts';
import {
  type AskedDay,
  HABIT_DAYS_LEAST,
  isRecent,
  praiseSigns,
  silentDays,
  type WatchedAccount,
} from './known.ts';

/** When an account is about to buy again, or to speak well of us. */
const coming = {
  aheadDays: 14,
  /** Who buys more often than this is about to buy every day. */
  medianLeast: 7,
  alivePermille: 500,
  praiseDays: 180,
} as const;

/** The next purchase is due within two weeks, by the own habit or by the forecast. */
export function reorderReasons(known: WatchedAccount, asked: AskedDay): AttentionReason[] {
  const { today } = asked;
  const { interval, forecast, purchaseDays, lastOn } = known;
  if (!isRecent(known, asked)) return [];
  if (interval === null || purchaseDays < HABIT_DAYS_LEAST || interval.medianDays < coming.medianLeast)
    return [];
  const reasons: AttentionReason[] = [];
  const nextOn = addDays(lastOn, Math.round(interval.medianDays));
  const ahead = dayNumber(nextOn) - dayNumber(today);
  const isNotOver = silentDays(lastOn, today) <= Math.max(interval.upperDays, interval.medianDays);
  if (ahead <= coming.aheadDays && isNotOver)
    reasons.push({ code: 'own_interval', medianDays: interval.medianDays, lastOn, nextOn });
  if (forecast?.nextDays != null && forecast.nextDays <= coming.aheadDays && isLikelyAlive(forecast))
    reasons.push({
      code: 'next_expected',
      days: forecast.nextDays,
      alivePercent: Math.round(forecast.alivePermille / 10),
    });
  return reasons;
}

const isLikelyAlive = ({ alivePermille }: { alivePermille: number }) => alivePermille >= coming.alivePermille;

/** Praised us within half a year, buys still, and has nothing open to be angry about. */
export function praiseReasons(known: WatchedAccount, asked: AskedDay): AttentionReason[] {
  const [newest = null] = known.scores;
  if (!isRecent(known, asked) || known.hasOpenCase || (newest !== null && newest < 9)) return [];
  const from = addDays(asked.today, -coming.praiseDays);
  return praiseSigns.flatMap((code) => {
    const on = known.praise[code];
    return on !== null && on > from ? [{ code, on }] : [];
  });
}
