import { hasDecimalComma } from '../printed-amount.ts';
import { refusedFile } from '../refused-file.ts';

/** What a row says of how its file writes days. */
interface DateHint {
  date: string;
  /** An amount: a decimal comma is not written where months come first. */
  amount: string;
  zone: string;
}

/**
 * Finds out from all rows of a file whether its days are written month first (`06/01/2026` in June) or day first: by a
 * number above 12, else by what leaves the rows sorted, else by decimal commas and the time zone.
 */
export function openDateOrder(): { look(row: DateHint): void; toIso(date: string): string } {
  const seen = { monthFirst: false, dayFirst: false, commas: false, american: false, european: false };
  const sorted = { month: openSorted(), day: openSorted() };
  let decided: boolean | null = null;
  return {
    look({ date, amount, zone }) {
      const parts = partsOf(date);
      if (parts === null) return;
      if (parts.separator === '.') seen.dayFirst = true;
      else if (parts.first > 12) seen.dayFirst = true;
      else if (parts.second > 12) seen.monthFirst = true;
      sorted.month.see(sortable(parts, true));
      sorted.day.see(sortable(parts, false));
      seen.commas ||= hasDecimalComma(amount);
      seen.american ||= /^(p|m|c|e)[sd]t$|america/i.test(zone.trim());
      seen.european ||= /^(gmt|bst|ist|wes?t|ces?t|ees?t|msk)$|europe/i.test(zone.trim());
    },
    toIso(date) {
      const parts = partsOf(date);
      if (parts === null) return date;
      decided ??= isMonthFirst();
      const { first, second, year } = parts;
      const [month, day] = decided ? [first, second] : [second, first];
      return `${year}-${pad(month)}-${pad(day)}`;
    },
  };

  function isMonthFirst(): boolean {
    if (seen.monthFirst && seen.dayFirst) {
      throw refusedFile('days_mixed');
    }
    if (seen.monthFirst || seen.dayFirst) return seen.monthFirst;
    const [isSortedByMonth, isSortedByDay] = [sorted.month.isSorted(), sorted.day.isSorted()];
    if (isSortedByMonth !== isSortedByDay) return isSortedByMonth;
    return !seen.commas && !seen.european;
  }
}

function partsOf(date: string) {
  const match = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(date.trim());
  if (match === null) return null;
  return { first: Number(match[1]), separator: match[2], second: Number(match[3]), year: Number(match[4]) };
}

function sortable(parts: { first: number; second: number; year: number }, isMonthFirst: boolean): number {
  const [month, day] = isMonthFirst ? [parts.first, parts.second] : [parts.second, parts.first];
  return parts.year * 10_000 + month * 100 + day;
}

/** Whether what comes by only rises, or only falls. */
function openSorted(): { see(value: number): void; isSorted(): boolean } {
  let last: number | null = null;
  let rises = true;
  let falls = true;
  return {
    see(value) {
      if (last !== null && value < last) rises = false;
      if (last !== null && value > last) falls = false;
      last = value;
    },
    isSorted: () => rises || falls,
  };
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
