import { parseInstantOrDate } from '../../ground/platform/business-time.ts';
import { EMAIL_LENGTH_MAX, knownEmail } from '../../ground/platform/email.ts';
import { formatDecimal, MAX_MINOR, type NotMoney, parseDecimal } from '../../ground/platform/money.ts';
import { type EventStatus, eventStatuses } from '../../money/orders/statuses.ts';
import type { TextColumn, TillRow } from './columns.ts';
import type { StagedMoment } from './staged-line.ts';

/** A row under check: the readers below note the first thing that is wrong and go on. */
export interface RowCheck {
  row: TillRow;
  nameOf(column: TextColumn): string;
  currency: string;
  /** Decimals of the currency. */
  exponent: number;
  problem: string | null;
}

/** Notes what is wrong with a cell: its column, its value, the rule. */
export function complain(check: RowCheck, column: TextColumn, rule: string): void {
  const value = check.row[column];
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  check.problem ??=
    value === ''
      ? `${check.nameOf(column)} is empty`
      : `${check.nameOf(column)} ${JSON.stringify(shown)}: ${rule}`;
}

/** A name that identifies something: trimmed, NFC, at most 200 characters; null when empty. */
export function readKey(check: RowCheck, column: TextColumn): string | null {
  const text = check.row[column].trim();
  if (text === '') return null;
  if (text.length > keyLimit) complain(check, column, `is longer than ${keyLimit} characters`);
  if (controlCharacter.test(text)) complain(check, column, 'has a control character');
  return text.normalize('NFC');
}

/** Text as it stands; null when empty. */
export function readText(check: RowCheck, column: TextColumn): string | null {
  const text = check.row[column];
  if (text.length > cellLimit) complain(check, column, `is longer than ${cellLimit} characters`);
  return text === '' ? null : text;
}

/** See DOMAIN.md §4: trimmed, NFC, lower case; null when empty. */
export function readEmail(check: RowCheck, column: TextColumn): string | null {
  if (check.row[column].trim() === '') return null;
  const email = knownEmail(check.row[column]);
  if (email !== null) return email;
  const isLong = check.row[column].trim().length > EMAIL_LENGTH_MAX;
  complain(
    check,
    column,
    isLong ? `an email address has at most ${EMAIL_LENGTH_MAX} characters` : 'is not an email address',
  );
  return '';
}

/** Minor units; an empty cell is 0. */
export function readAmount(check: RowCheck, column: TextColumn): bigint {
  return readOptionalAmount(check, column) ?? 0n;
}

/** Minor units; an empty cell is null. */
export function readOptionalAmount(check: RowCheck, column: TextColumn): bigint | null {
  const text = check.row[column].trim();
  if (text === '') return null;
  const parsed = parseDecimal(text, check.exponent);
  if (parsed.ok) return parsed.minor;
  complain(check, column, amountRule(parsed.reason, check));
  return null;
}

/** Thousandths; an empty cell is 1. */
export function readQuantity(check: RowCheck, column: TextColumn): number {
  const text = check.row[column].trim();
  if (text === '' || text === '1') return 1000;
  const parsed = parseDecimal(text, 3);
  if (!parsed.ok) complain(check, column, quantityRules[parsed.reason]);
  else if (parsed.minor === 0n) complain(check, column, quantityRules.negative);
  return parsed.ok ? Number(parsed.minor) : 1000;
}

/** Thousandths, nothing among them; an empty cell is null. */
export function readQuantityLeft(check: RowCheck, column: TextColumn): number | null {
  const text = check.row[column].trim();
  if (text === '') return null;
  const parsed = parseDecimal(text, 3);
  if (!parsed.ok) complain(check, column, quantityRules[parsed.reason]);
  return parsed.ok ? Number(parsed.minor) : null;
}

/** Null when empty. */
export function readMoment(check: RowCheck, column: TextColumn): StagedMoment | null {
  const text = check.row[column].trim();
  if (text === '') return null;
  const parsed = momentOf(text);
  if (parsed.ok) return parsed;
  const isDate = /^\d{4}-\d{2}-\d{2}(?!\d)/.test(text);
  complain(
    check,
    column,
    isDate ? 'is no day or time that exists' : 'write it like 2026-03-01 or 2026-03-01T10:00:00Z',
  );
  return null;
}

/** `YYYY-MM-DD`; null when empty. */
export function readDay(check: RowCheck, column: TextColumn): string | null {
  const moment = readMoment(check, column);
  if (moment === null || moment.kind === 'date') return moment?.date ?? null;
  complain(check, column, 'write a day without a time, like 2026-03-05');
  return null;
}

/** `yes`, or `no`, which is what an empty cell says. */
export function readYes(check: RowCheck, column: TextColumn): boolean {
  const text = check.row[column].trim().toLowerCase();
  if (text !== '' && text !== 'yes' && text !== 'no') complain(check, column, 'write yes or no');
  return text === 'yes';
}

/** Null when empty. */
export function readStatus(check: RowCheck, column: TextColumn): EventStatus | null {
  const text = check.row[column].trim().toLowerCase();
  if (text === '') return null;
  const known = eventStatuses.find((status) => status === text);
  if (known !== undefined) return known;
  const follows = text === 'refunded' || text === 'partly_refunded';
  complain(
    check,
    column,
    follows
      ? 'follows from refunded_total; give the state of the goods, like delivered'
      : `is not a status; use one of ${eventStatuses.join(', ')}`,
  );
  return null;
}

const keyLimit = 200;
const cellLimit = 10_000;
const controlCharacter = /\p{Cc}/u;

function amountRule(reason: NotMoney, { currency, exponent }: RowCheck): string {
  const example = formatDecimal((125n * 10n ** BigInt(exponent)) / 10n, exponent);
  const rules: Record<NotMoney, string> = {
    comma: `use a point as the decimal separator and nothing between thousands, like ${example}`,
    not_a_number: `is not an amount; write digits with a point, like ${example}`,
    too_many_decimals: `${currency} has ${exponent === 0 ? 'no' : exponent} decimals`,
    negative: 'may not be negative; what was given back belongs in refunded_total',
    too_large: `is more than ${formatDecimal(MAX_MINOR, exponent)} ${currency}`,
  };
  return rules[reason];
}

const quantityRules: Record<NotMoney, string> = {
  comma: 'use a point as the decimal separator, like 1.5',
  not_a_number: 'is not a quantity; write a number like 2 or 1.5',
  too_many_decimals: 'a quantity has at most 3 decimals',
  negative: 'a quantity is more than 0',
  too_large: 'is too large',
};

/** Files repeat few days and times; each is parsed once while there is room. */
const moments = new Map<string, ReturnType<typeof parseInstantOrDate>>();
const momentsMax = 20_000;

function momentOf(text: string): ReturnType<typeof parseInstantOrDate> {
  const known = moments.get(text);
  if (known !== undefined) return known;
  if (moments.size >= momentsMax) moments.clear();
  const parsed = parseInstantOrDate(text);
  moments.set(text, parsed);
  return parsed;
}
