import { parseInstantOrDate } from '../../ground/platform/business-time.ts';
import { EMAIL_LENGTH_MAX, knownEmail } from '../../ground/platform/email.ts';
import { formatDecimal, MAX_MINOR, type NotMoney, parseDecimal } from '../../ground/platform/money.ts';
import { type EventStatus, eventStatuses } from '../../money/orders/statuses.ts';
import type { TextColumn, TillRow } from './columns.ts';
import { type Reason, type ReasonCode, wrongIn } from './reason.ts';
import type { StagedMoment } from './staged-line.ts';

/** A row under check: the readers below note the first thing that is wrong and go on. */
export interface RowCheck {
  row: TillRow;
  nameOf(column: TextColumn): string;
  currency: string;
  /** Decimals of the currency. */
  exponent: number;
  problem: Reason | null;
}

/** Notes what is wrong with a cell: its column, its value, the rule. */
export function complain(check: RowCheck, column: TextColumn, code: ReasonCode, of: Reason['of'] = {}): void {
  const text = check.row[column];
  const value = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const name = check.nameOf(column);
  check.problem ??= value === '' ? wrongIn(name, 'empty') : { ...wrongIn(name, code, of), value };
}

/** A name that identifies something: trimmed, NFC, at most 200 characters; null when empty. */
export function readKey(check: RowCheck, column: TextColumn): string | null {
  const text = check.row[column].trim();
  if (text === '') return null;
  if (text.length > keyLimit) complain(check, column, 'too_long', { max: keyLimit });
  if (controlCharacter.test(text)) complain(check, column, 'control_character');
  return text.normalize('NFC');
}

/** Text as it stands; null when empty. */
export function readText(check: RowCheck, column: TextColumn): string | null {
  const text = check.row[column];
  if (text.length > cellLimit) complain(check, column, 'too_long', { max: cellLimit });
  return text === '' ? null : text;
}

/** See DOMAIN.md §4: trimmed, NFC, lower case; null when empty. */
export function readEmail(check: RowCheck, column: TextColumn): string | null {
  if (check.row[column].trim() === '') return null;
  const email = knownEmail(check.row[column]);
  if (email !== null) return email;
  const isLong = check.row[column].trim().length > EMAIL_LENGTH_MAX;
  if (isLong) complain(check, column, 'email_too_long', { max: EMAIL_LENGTH_MAX });
  else complain(check, column, 'not_email');
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
  complain(check, column, ...amountRule(parsed.reason, check));
  return null;
}

/** Thousandths; an empty cell is 1. */
export function readQuantity(check: RowCheck, column: TextColumn): number {
  const text = check.row[column].trim();
  if (text === '' || text === '1') return 1000;
  const parsed = parseDecimal(text, 3);
  if (!parsed.ok) complain(check, column, `quantity_${parsed.reason}`);
  else if (parsed.minor === 0n) complain(check, column, 'quantity_negative');
  return parsed.ok ? Number(parsed.minor) : 1000;
}

/** Thousandths, nothing among them; an empty cell is null. */
export function readQuantityLeft(check: RowCheck, column: TextColumn): number | null {
  const text = check.row[column].trim();
  if (text === '') return null;
  const parsed = parseDecimal(text, 3);
  if (!parsed.ok) complain(check, column, `quantity_${parsed.reason}`);
  return parsed.ok ? Number(parsed.minor) : null;
}

/** Null when empty. */
export function readMoment(check: RowCheck, column: TextColumn): StagedMoment | null {
  const text = check.row[column].trim();
  if (text === '') return null;
  const parsed = momentOf(text);
  if (parsed.ok) return parsed;
  const isDate = /^\d{4}-\d{2}-\d{2}(?!\d)/.test(text);
  complain(check, column, isDate ? 'no_such_time' : 'write_time');
  return null;
}

/** `YYYY-MM-DD`; null when empty. */
export function readDay(check: RowCheck, column: TextColumn): string | null {
  const moment = readMoment(check, column);
  if (moment === null || moment.kind === 'date') return moment?.date ?? null;
  complain(check, column, 'write_day');
  return null;
}

/** `yes`, or `no`, which is what an empty cell says. */
export function readYes(check: RowCheck, column: TextColumn): boolean {
  const text = check.row[column].trim().toLowerCase();
  if (text !== '' && text !== 'yes' && text !== 'no') complain(check, column, 'write_yes_no');
  return text === 'yes';
}

/** Null when empty. */
export function readStatus(check: RowCheck, column: TextColumn): EventStatus | null {
  const text = check.row[column].trim().toLowerCase();
  if (text === '') return null;
  const known = eventStatuses.find((status) => status === text);
  if (known !== undefined) return known;
  const follows = text === 'refunded' || text === 'partly_refunded';
  if (follows) complain(check, column, 'status_follows');
  else complain(check, column, 'status_unknown', { choices: eventStatuses.join(', ') });
  return null;
}

const keyLimit = 200;
const cellLimit = 10_000;
const controlCharacter = /\p{Cc}/u;

function amountRule(
  reason: NotMoney,
  { currency, exponent }: RowCheck,
): [code: ReasonCode, of: Reason['of']] {
  const example = formatDecimal((125n * 10n ** BigInt(exponent)) / 10n, exponent);
  if (reason === 'too_many_decimals')
    return exponent === 0
      ? ['amount_no_decimals', { currency }]
      : ['amount_decimals', { currency, decimals: exponent }];
  if (reason === 'too_large')
    return ['amount_too_large', { max: formatDecimal(MAX_MINOR, exponent), currency }];
  return [`amount_${reason}`, reason === 'negative' ? {} : { example }];
}

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
