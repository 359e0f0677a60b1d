import { z } from 'zod';
import { isDay, parseInstantOrDate, startOfDay } from '../../../ground/platform/business-time.ts';
import {
  choiceCell,
  customerCells,
  lineCell,
  linesCell,
  matchingCell,
} from '../../../people/customers/customer-fields.ts';
import { readMemberNumber } from '../../../people/joining/member-number.ts';
import { type OwnField, readOwnValue, TEXT_LENGTH_MAX } from '../../../people/own-fields/own-field.ts';
import { type Reason, type ReasonCode, reasonOfIssue, wrongIn } from '../reason.ts';
import { reasonWords } from '../reason-words.ts';
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
): { ok: true; row: CustomerRow } | { ok: false; reason: Reason } {
  const parsed = shape.safeParse(cells);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, reason: reasonOfIssue(issue) };
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
): { ok: true; values: CustomerRow['own'] } | { ok: false; reason: Reason } {
  const values: { field: OwnField; value: string }[] = [];
  for (const { field, text } of cells) {
    if (text.trim() === '') continue;
    const read = readOwnValue(field, text);
    if (!read.ok) return { ok: false, reason: wrongIn(`own:${field.key}`, ...ownRule(field)) };
    values.push({ field, value: read.value });
  }
  return { ok: true, values };
}

function ownRule({ kind, choices }: OwnField): [code: ReasonCode, of: Reason['of']] {
  switch (kind) {
    case 'text':
      return ['needs_line', { max: TEXT_LENGTH_MAX }];
    case 'number':
      return ['needs_number', {}];
    case 'day':
      return ['needs_day', {}];
    case 'yes_no':
      return ['needs_yes_no', {}];
    case 'choice':
      return ['needs_choice', { choices: choices.join(', ') }];
  }
}

function contradictionIn(row: z.output<typeof shape>): Reason | null {
  if (row.email === null && row.customer_key === null) return wrongIn('email', 'email_or_key');
  if (row.department !== null && row.account === null) return wrongIn('department', 'needs_account');
  if (row.account_kind !== null && row.account === null) return wrongIn('account_kind', 'needs_account');
  if (row.news === null && (row.news_at !== null || row.news_source !== null))
    return wrongIn('news', 'news_missing');
  return null;
}

/** An export tells all notes about somebody in one cell. */
const NOTES_LENGTH_MAX = 200_000;

const orNull = (text: string) => (text === '' ? null : text);

const shape = z.object({
  ...customerCells,
  customer_key: lineCell(200),
  source: lineCell(200).transform((text) => text ?? 'csv'),
  tone: choiceCell(['first', 'formal'] as const),
  account: lineCell(200),
  account_kind: choiceCell(['household', 'company'] as const),
  department: lineCell(200),
  member_number: matchingCell(
    (text) => /^[0-9A-Z]{4}(?:-[0-9A-Z]{1,4}){1,7}$/.test(readMemberNumber(text)),
    reasonWords.needs_member_number,
  ).transform((text) => (text === null ? null : readMemberNumber(text))),
  joined_at: matchingCell(isDay, reasonWords.needs_day),
  why_us: linesCell(1000),
  interests: linesCell(500),
  news: choiceCell(['yes', 'no'] as const),
  news_at: z
    .string()
    .trim()
    .refine((text) => text === '' || parseInstantOrDate(text).ok, reasonWords.needs_time)
    .transform((text): string | number | null => orNull(text)),
  news_source: linesCell(500),
  note: linesCell(NOTES_LENGTH_MAX),
});

function momentOf(told: string | number | null, timeZone: string): number | null {
  if (told === null || typeof told === 'number') return told;
  const read = parseInstantOrDate(told);
  if (!read.ok) return null;
  if (read.kind === 'instant') return read.ms;
  return read.kind === 'date' ? startOfDay(read.date, timeZone) : Date.parse(`${read.local}Z`);
}
