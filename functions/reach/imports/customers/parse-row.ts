import { z } from 'zod';
import { locales } from '../../../../languages/built.ts';
import { isDay, parseInstantOrDate, startOfDay } from '../../../ground/platform/business-time.ts';
import { normalEmail } from '../../../ground/platform/email.ts';
import { readMemberNumber } from '../../../people/joining/member-number.ts';
import { isBirthday } from '../../../people/joining/questions.ts';
import { type OwnField, readOwnValue } from '../../../people/own-fields/own-field.ts';
import type { CustomerColumn } from './columns.ts';

/** A row as it is meant; null is an empty cell, which changes nothing. */
export type CustomerRow = z.output<typeof shape> & {
  /** What it says of own fields; only cells that say something. */
  own: readonly { field: OwnField; value: string }[];
};

/** Cells by our columns; what the file does not have is ''. */
export type CustomerCells = Readonly<Record<CustomerColumn, string>>;

/** The row, or what is wrong with it: the column and the rule. */
export function parseCustomerRow(
  cells: CustomerCells,
  { timeZone, own = [] }: { timeZone: string; own?: readonly { field: OwnField; text: string }[] },
): { ok: true; row: CustomerRow } | { ok: false; reason: string } {
  const parsed = shape.safeParse(cells);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, reason: `${String(issue?.path[0])}: ${issue?.message}` };
  }
  const reason = contradictionIn(parsed.data);
  if (reason !== null) return { ok: false, reason };
  const told = readOwn(own);
  if (!told.ok) return told;
  const news_at = momentOf(parsed.data.news_at, timeZone);
  return { ok: true, row: { ...parsed.data, news_at, own: told.values } };
}

function readOwn(
  cells: readonly { field: OwnField; text: string }[],
): { ok: true; values: CustomerRow['own'] } | { ok: false; reason: string } {
  const values: { field: OwnField; value: string }[] = [];
  for (const { field, text } of cells) {
    if (text.trim() === '') continue;
    const read = readOwnValue(field, text);
    if (!read.ok) return { ok: false, reason: `own:${field.key}: ${read.message}` };
    values.push({ field, value: read.value });
  }
  return { ok: true, values };
}

function contradictionIn(row: z.output<typeof shape>): string | null {
  if (row.email === null && row.customer_key === null) return 'email: it or customer_key has to be there';
  if (row.department !== null && row.account === null) return 'department: needs its account';
  if (row.account_kind !== null && row.account === null) return 'account_kind: needs its account';
  if (row.news === null && (row.news_at !== null || row.news_source !== null))
    return 'news: has to be yes or no where news_at or news_source is told';
  return null;
}

/** An export tells all notes about somebody in one cell. */
const NOTES_LENGTH_MAX = 200_000;

const orNull = (text: string) => (text === '' ? null : text);
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const control = /[\u0000-\u001f\u007f]/;

const line = (length_max: number) =>
  z
    .string()
    .trim()
    .max(length_max, `is longer than ${length_max} characters`)
    .refine((text) => text.isWellFormed() && !control.test(text), 'has characters that no name may have')
    .transform(orNull);

const lines = (length_max: number) =>
  z
    .string()
    .trim()
    .max(length_max, `is longer than ${length_max} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'has characters that no text may have')
    .transform(orNull);

const choice = <Word extends string>(words: readonly Word[]) =>
  z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === '') return null;
      const found = words.find((word) => word === text.toLowerCase());
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message: `has to be one of ${words.join(', ')}` });
      return z.NEVER;
    });

const matching = (isRight: (text: string) => boolean, message: string) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || isRight(text), message)
    .transform(orNull);

const shape = z.object({
  email: z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === '') return null;
      const address = normalEmail(text);
      if (address !== null) return address;
      context.addIssue({ code: 'custom', message: 'has to be an email address' });
      return z.NEVER;
    }),
  customer_key: line(200),
  source: line(200).transform((text) => text ?? 'csv'),
  name: line(200),
  phone: matching(
    (text) => text.length <= 40 && /^[+(\d]/.test(text) && /^[\d +()./-]+$/.test(text) && /\d/.test(text),
    'has to be a phone number such as +44 20 7946 0117',
  ),
  address: lines(500),
  birthday: matching(
    (text) => isDay(text) || (text.startsWith('--') && isBirthday(text.slice(2))),
    'has to be a day such as 1990-03-31, or --03-31 without the year',
  ),
  language: choice(locales),
  tone: choice(['first', 'formal'] as const),
  account: line(200),
  account_kind: choice(['household', 'company'] as const),
  department: line(200),
  member_number: matching(
    (text) => /^[0-9A-Z]{4}(?:-[0-9A-Z]{1,4}){1,7}$/.test(readMemberNumber(text)),
    'has to be a member number such as K7QX-M2PD',
  ).transform((text) => (text === null ? null : readMemberNumber(text))),
  joined_at: matching(isDay, 'has to be a day such as 2026-03-31'),
  why_us: lines(1000),
  interests: lines(500),
  news: choice(['yes', 'no'] as const),
  news_at: z
    .string()
    .trim()
    .refine((text) => text === '' || parseInstantOrDate(text).ok, 'has to be a time or day of ISO 8601')
    .transform((text): string | number | null => orNull(text)),
  news_source: lines(500),
  note: lines(NOTES_LENGTH_MAX),
});

function momentOf(told: string | number | null, timeZone: string): number | null {
  if (told === null || typeof told === 'number') return told;
  const read = parseInstantOrDate(told);
  if (!read.ok) return null;
  if (read.kind === 'instant') return read.ms;
  return read.kind === 'date' ? startOfDay(read.date, timeZone) : Date.parse(`${read.local}Z`);
}
