import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import { firstOfLast, YEAR_DAYS } from '../../insight/facts/level.ts';
import { levelSpans, praiseSpans } from '../../insight/facts/level-spans.ts';
import type { LevelRow, YearRow } from '../../insight/facts/list-facts.ts';
import type { AccountMarks } from '../../insight/facts/load-marks.ts';

/** What one order came to, on its business day; it is an account's own unless it was wholly refunded. */
export interface PlacedSums {
  day: string;
  currency: string;
  isOwn: boolean;
  spendMinor: bigint;
  refundedMinor: bigint;
}

interface Texts {
  expected: Map<string, string>;
  found: Map<string, string>;
}

/** The last 365 days by currency; what a job has yet to count anew since a day has left them is left out of both. */
export function yearTexts(placed: readonly PlacedSums[], kept: readonly YearRow[], today: string): Texts {
  const from = firstOfLast(YEAR_DAYS, today);
  const expected = new Map<string, string>();
  for (const [currency, orders] of Map.groupBy(placed, (order) => order.currency)) {
    const seen = orders.filter(({ day }) => day >= from);
    if (seen.length > 0) expected.set(currency, yearText(sumYear(seen, today)));
  }
  const waits = kept.filter(({ untilDay }) => untilDay <= today);
  for (const { currency } of waits) expected.delete(currency);
  const rows = kept.filter(({ untilDay }) => untilDay > today);
  return { expected, found: new Map(rows.map((row) => [row.currency, yearText(row)])) };
}

function sumYear(orders: readonly PlacedSums[], today: string): Omit<YearRow, 'rootId' | 'currency'> {
  const past = orders.filter(({ day }) => day <= today);
  const own = past.filter(({ isOwn }) => isOwn);
  const ends = orders.map(({ day }) => (day <= today ? addDays(day, YEAR_DAYS) : day)).sort();
  return {
    orderCount: own.length,
    purchaseDays: new Set(own.map(({ day }) => day)).size,
    spendMinor: past.reduce((sum, { spendMinor }) => sum + spendMinor, 0n),
    refundedMinor: past.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0n),
    untilDay: ends[0] ?? '',
  };
}

function yearText(year: Omit<YearRow, 'rootId' | 'currency'>): string {
  const { orderCount, purchaseDays, spendMinor, refundedMinor, untilDay } = year;
  return `${orderCount} orders on ${purchaseDays} days, ${spendMinor}, refunded ${refundedMinor}, until ${untilDay}`;
}

/** Each level there was, as one text; `orderDays` are the days of an account's own orders, in order. */
export function levelTexts(
  orderDays: readonly string[],
  { levels, marks }: { levels: readonly LevelRow[]; marks: AccountMarks | null },
  timeZone: string,
): { expected: string; found: string } {
  const [firstOn = null, secondOn = null] = orderDays;
  const praises = (marks?.praises ?? []).map(({ kind, at }) => ({ kind, day: dayOf(at, timeZone) }));
  const spans = levelSpans({ firstOn, secondOn }, praiseSpans(praises));
  const text = (span: Omit<LevelRow, 'rootId'>) =>
    `${span.fromDay} to ${span.untilDay}: ${span.before} to ${span.level} by ${span.cause}`;
  return {
    expected: spans
      .map(({ from, until, ...span }) => text({ ...span, fromDay: from, untilDay: until }))
      .join('; '),
    found: levels.map(text).join('; '),
  };
}
