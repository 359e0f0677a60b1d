import { dayNumber } from '../../ground/platform/calendar.ts';
import { median } from './median.ts';

/** How long an account lets pass between one purchase day and the next. */
export interface OwnInterval {
  /** The median in half days. */
  halfDays: number;
  /** The quartiles by nearest rank, in days: half of the intervals lie between them. */
  lowerDays: number;
  upperDays: number;
}

/** Of purchase days in any order, none twice; null before there are two. */
export function intervalOf(purchaseDays: readonly string[]): OwnInterval | null {
  const numbers = purchaseDays.map(dayNumber).sort((a, b) => a - b);
  const gaps = numbers
    .slice(1)
    .map((number, at) => number - (numbers[at] ?? number))
    .sort((a, b) => a - b);
  if (gaps.length === 0) return null;
  const nth = (place: number) => gaps[place - 1] ?? 0;
  const of = gaps.length;
  return {
    halfDays: 2 * median(gaps),
    lowerDays: nth(Math.ceil(of / 4)),
    upperDays: nth(Math.ceil((3 * of) / 4)),
  };
}

/** The mean of the intervals in days: what lies between the first and the last purchase day, in equal parts; 0 before the second. */
export function meanInterval(known: {
  purchaseDays: number;
  firstOn: string | null;
  lastOn: string | null;
}): number {
  const { purchaseDays, firstOn, lastOn } = known;
  if (firstOn === null || lastOn === null || purchaseDays < 2) return 0;
  return (dayNumber(lastOn) - dayNumber(firstOn)) / (purchaseDays - 1);
}
