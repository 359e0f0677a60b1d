import { addDays, addMonths, dateText, dayNumber, isDay, monthOf, yearOf } from './calendar.ts';

export const periodNames = ['today', 'week', 'month', 'quarter', 'year', 'days'] as const;
export type PeriodName = (typeof periodNames)[number];

/** Whole business days, the first and the last. */
export interface Stretch {
  since: string;
  until: string;
}

export interface ShownPeriod extends Stretch {
  name: PeriodName;
  /** As many days of the week, month, quarter or year before; the days before those that were named. */
  before: Stretch;
  /** The parts that a chart has, in sequence; those of `before` beside them, of which there may be fewer or more. */
  parts: Stretch[];
  partsBefore: Stretch[];
}

/** What an address asks for; empty is left out. */
export interface PeriodAsked {
  period: string;
  since: string;
  until: string;
}

/** So many days are looked at at the most. */
export const DAYS_MAX = 3 * 366;
const WEEK = 7;

/**
 * The period an address means, today or running up to today; the month where it means none. Days that are none, turned
 * round or too many mean none.
 */
export function readPeriod(asked: PeriodAsked, today: string): ShownPeriod {
  const named = periodNames.find((name) => name === asked.period);
  if (named === 'days' || (asked.since !== '' && named === undefined)) {
    const days = daysIn(asked, today);
    if (days !== null) return withParts('days', days, lengthBefore(days));
  }
  const name = named === undefined || named === 'days' ? 'month' : named;
  const since = startOf(name, today);
  return withParts(name, { since, until: today }, runningBefore(name, since, today));
}

function daysIn({ since, until }: PeriodAsked, today: string): Stretch | null {
  const last = until === '' ? today : until;
  if (!isDay(since) || !isDay(last) || since > last || lengthOf({ since, until: last }) > DAYS_MAX)
    return null;
  return { since, until: last };
}

export const lengthOf = ({ since, until }: Stretch) => dayNumber(until) - dayNumber(since) + 1;

function lengthBefore(days: Stretch): Stretch {
  return { since: addDays(days.since, -lengthOf(days)), until: addDays(days.since, -1) };
}

type Running = Exclude<PeriodName, 'days'>;

function startOf(name: Running, today: string): string {
  switch (name) {
    case 'today':
      return today;
    case 'week':
      return addDays(today, -((dayNumber(today) + 3) % WEEK));
    case 'month':
      return dateText(yearOf(today), monthOf(today), 1);
    case 'quarter':
      return dateText(yearOf(today), monthOf(today) - ((monthOf(today) - 1) % 3), 1);
    case 'year':
      return dateText(yearOf(today), 1, 1);
  }
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

/** From the same beginning as many days, and no further than to where the period began. */
function runningBefore(name: Running, since: string, today: string): Stretch {
  if (name === 'today') return lengthBefore({ since: today, until: today });
  const start = name === 'week' ? addDays(since, -WEEK) : addMonths(since, -monthsOf[name]);
  const until = addDays(start, lengthOf({ since, until: today }) - 1);
  return { since: start, until: until < since ? until : addDays(since, -1) };
}

function withParts(name: PeriodName, days: Stretch, before: Stretch): ShownPeriod {
  const cut = cutBy(Math.max(lengthOf(days), lengthOf(before)));
  return { name, ...days, before, parts: partsOf(days, cut), partsBefore: partsOf(before, cut) };
}

type Next = (since: string, at: number) => string;

/** Days of a month, weeks of half a year, months of more. */
function cutBy(length: number): Next {
  if (length <= 31) return (since, at) => addDays(since, at);
  return length <= 184 ? (since, at) => addDays(since, at * WEEK) : (since, at) => addMonths(since, at);
}

function partsOf({ since, until }: Stretch, next: Next): Stretch[] {
  const parts: Stretch[] = [];
  for (let at = 0, start = since; start <= until; at += 1) {
    const following = next(since, at + 1);
    const last = addDays(following, -1);
    parts.push({ since: start, until: last < until ? last : until });
    start = following;
  }
  return parts;
}
