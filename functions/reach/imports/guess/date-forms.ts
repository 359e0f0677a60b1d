import { parseInstantOrDate } from '../../../ground/platform/business-time.ts';
import { readDate } from '../date-format.ts';

/** Of dates that read either way, the more usual stands first. */
const days = [
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD-MM-YYYY',
  'YYYY/MM/DD',
  'YYYY.MM.DD',
  'DD.MM.YY',
  'DD/MM/YY',
  'MM/DD/YY',
];
const clocks = ['', ' HH:mm', ' HH:mm:ss'];
/** How our own format writes it. */
export const iso = 'ISO';
export const dateFormats: readonly string[] = [
  iso,
  ...days.flatMap((day) => clocks.map((clock) => day + clock)),
];

/** Whether a text is an existing day, with or without a time, in that form. */
export function fits(text: string, format: string): boolean {
  if (format === iso) return parseInstantOrDate(text).ok;
  if (text.length > format.length || text.includes(':') !== format.includes(':')) return false;
  const read = readDate(text, format);
  return read !== null && parseInstantOrDate(read).ok;
}

/** The other reading of a date whose day and month could be either; null where only one is. */
export function otherWay(format: string): string | null {
  if (format.startsWith('DD/MM')) return format.replace('DD/MM', 'MM/DD');
  return format.startsWith('MM/DD') ? format.replace('MM/DD', 'DD/MM') : null;
}
