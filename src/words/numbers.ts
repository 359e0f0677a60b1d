import type { Formats } from '../../functions/ground/formats/format.ts';
import { dayFromNumber } from '../../functions/ground/platform/calendar.ts';
import type { FifthStarts } from '../../functions/insight/numbers/fifths.ts';
import type { NumbersView } from '../../functions/insight/numbers/get-numbers.ts';
import type { NumberedAsked } from '../../functions/insight/numbers/list-numbered.ts';
import type { Quartiles } from '../../functions/insight/numbers/quartiles.ts';
import type { Messages } from '../locale.ts';
import { monthWords } from './relationships.ts';

/** The list behind a figure, as a page of the console. */
export const numberedHref = (asked: Record<string, string | number | bigint | null>) =>
  `/console/numbers/accounts?${new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  )}`;

/** From one sum to another, or from it on. */
export function moneySpan(
  t: Messages,
  { money }: Formats,
  { from, to, currency }: { from: bigint; to: bigint | null; currency: string },
): string {
  const sum = (minor: bigint) => money({ minor, currency });
  return to === null ? t.numbers_from({ from: sum(from) }) : t.numbers_span({ from: sum(from), to: sum(to) });
}

/** From one interval to another, kept in half days. */
export function daysSpan(
  t: Messages,
  { number }: Formats,
  { from, to }: { from: bigint; to: bigint | null },
): string {
  const days = (half: bigint) => number(Number(half) / 2);
  return to === null
    ? t.numbers_days_from({ from: days(from) })
    : t.numbers_days({ from: days(from), to: days(to) });
}

/** Where each fifth begins, so that a reader may check it. */
export function fifthWords(t: Messages, { starts }: NumbersView['rfm'], formats: Formats, currency: string) {
  const told = (list: FifthStarts, write: (start: bigint) => string) =>
    list.map((start, at) => `${at + 2}: ${start === null ? '–' : write(start)}`).join(', ');
  return {
    recency: t.numbers_why_recency({
      starts: told(starts.recency, (day) => formats.date(dayFromNumber(Number(day)))),
    }),
    frequency: t.numbers_why_frequency({
      starts: told(starts.frequency, (days) => formats.number(Number(days))),
    }),
    spend: t.numbers_why_fifths({
      starts: told(starts.spend, (minor) => formats.money({ minor, currency })),
    }),
  };
}

export function numberedTitle(t: Messages, asked: NumberedAsked, formats: Formats, currency: string): string {
  switch (asked.by) {
    case 'rfm':
      return t.numbers_list_rfm({ r: asked.recency, f: asked.frequency });
    case 'fifth':
      return t.numbers_list_fifth({ m: asked.fifth });
    case 'spend':
      return t.numbers_list_spend({ span: moneySpan(t, formats, { ...asked, currency }) });
    case 'interval':
      return t.numbers_list_interval({ span: daysSpan(t, formats, asked) });
    case 'cohort':
      return asked.in === null
        ? t.numbers_list_cohort({ month: monthWords(asked.month, formats) })
        : t.numbers_list_again({
            month: monthWords(asked.month, formats),
            again: monthWords(asked.in, formats),
          });
    case 'month':
      return t.numbers_list_month({ month: monthWords(asked.month, formats) });
  }
}

/** The median, and between which two figures half of the accounts lie. */
export function quartileWords(
  t: Messages,
  quartiles: Quartiles | null,
  write: (value: bigint) => string,
): string {
  if (quartiles === null) return '–';
  const { lower, median, upper } = quartiles;
  return t.numbers_half({ median: write(median), lower: write(lower), upper: write(upper) });
}
