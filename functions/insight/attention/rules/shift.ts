import type { AttentionReason } from '../reasons.ts';
import type { WatchedAccount, Window } from './known.ts';

/**
 * When the last 90 days are beyond the own habit: further from the median of the windows before than three robust standard
 * deviations (1.4826 × the median absolute deviation, Rousseeuw and Croux 1993), and by half of it at least.
 */
export const shifting = {
  windowDays: 90,
  windowsLeast: 4,
  windowsMost: 8,
  deviations: 3,
  /** A habit without any spread still varies by this share. */
  spreadLeast: 0.1,
  shareLeast: 0.5,
  /** Points of 0 to 10 below the median of the answers before. */
  scorePoints: 3,
  scoresLeast: 2,
} as const;

/** Which way the buying went; null where it did not, or where there is no habit yet. */
export function shiftReasons(known: WatchedAccount): AttentionReason[] {
  const [last, ...before] = known.windows;
  const reasons: AttentionReason[] = [];
  if (last !== undefined && hasHabit(known.windows)) {
    const spend = shiftOf(Number(last.minor), before.map(toSpend));
    if (spend !== null)
      reasons.push({
        code: spend.isBelow ? 'spend_fell' : 'spend_rose',
        minor: String(last.minor),
        usualMinor: String(Math.round(spend.usual)),
      });
    const days = shiftOf(last.purchaseDays, before.map(toDays));
    if (days !== null && Math.abs(last.purchaseDays - days.usual) > 3 * Math.sqrt(Math.max(1, days.usual)))
      reasons.push({
        code: days.isBelow ? 'days_fell' : 'days_rose',
        days: last.purchaseDays,
        usualDays: days.usual,
      });
  }
  return [...reasons, ...scoreReasons(known.scores)];
}

const toSpend = ({ minor }: Window) => Number(minor);
const toDays = ({ purchaseDays }: Window) => purchaseDays;

/** Whether there is a habit to be beyond of: enough windows before the last. */
export const hasHabit = (windows: readonly Window[]): boolean => windows.length > shifting.windowsLeast;

/** The median of what was spent in the windows before the last, and whether the last is below it. */
export function usualSpend(windows: readonly Window[]): { minor: bigint; isBelow: boolean } {
  const [last, ...before] = windows;
  const usual = median(before.map(toSpend));
  return { minor: BigInt(Math.round(usual)), isBelow: Number(last?.minor ?? 0n) < usual };
}

/** Whether a value is beyond a habit; null where it is not. */
export function shiftOf(
  value: number,
  before: readonly number[],
): { usual: number; isBelow: boolean } | null {
  const usual = median(before);
  const spread = median(before.map((one) => Math.abs(one - usual)));
  const deviation = 1.4826 * Math.max(spread, shifting.spreadLeast * Math.abs(usual));
  const away = Math.abs(value - usual);
  const isBeyond = away > shifting.deviations * deviation && away >= shifting.shareLeast * Math.abs(usual);
  return isBeyond && away > 0 ? { usual, isBelow: value < usual } : null;
}

function scoreReasons([last, ...before]: readonly number[]): AttentionReason[] {
  if (last === undefined || before.length < shifting.scoresLeast) return [];
  const usualScore = median(before);
  return usualScore - last >= shifting.scorePoints ? [{ code: 'score_fell', score: last, usualScore }] : [];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
