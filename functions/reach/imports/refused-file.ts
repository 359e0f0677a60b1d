import { AppError, type ErrorCode, type FieldError } from '../../ground/platform/errors.ts';
import { type About, fillWords } from '../../ground/platform/fill-words.ts';

/**
 * Why nothing of a file comes in, or an import cannot be undone, in the words of the command line and the API; a name in braces
 * is what it is about. The pages have their own words for each: `src/words/failures.ts`.
 */
const failureWords = {
  other: 'Something went wrong; see the log.',
  file_gone: 'The file is no longer there.',
  names_erased:
    'The file names a customer who was erased meanwhile. Take their rows out of it and import it again; what came in already is not counted twice.',
  file_empty: 'The file is empty.',
  header_quotes: 'The quotes in the header on line {line} are broken. Is this a CSV file?',
  quotes_open: 'More than {max} quotes never close, the last one on line {line}. Is this a CSV file?',
  line_too_long: 'One line of the file is longer than {size}. Is this a CSV file?',
  row_too_long: 'The row on line {line} is longer than {size}. Is this a CSV file?',
  old_excel: 'The file is a workbook of an old Excel (.xls). Save it as "CSV UTF-8" and import that.',
  pdf: 'The file is a PDF. Save it as "CSV UTF-8" and import that.',
  compressed: 'The file is a compressed file (.gz). Save it as "CSV UTF-8" and import that.',
  rich_text: 'The file is a text document (.rtf). Save it as "CSV UTF-8" and import that.',
  picture: 'The file is a picture. Save it as "CSV UTF-8" and import that.',
  database: 'The file is a database. Save it as "CSV UTF-8" and import that.',
  workbook_unreadable: 'The Excel workbook cannot be read: {reason}. Save it as "CSV UTF-8" and import that.',
  workbook_too_large:
    'The Excel workbook is too large to be read whole. Save it as "CSV UTF-8" and import that; a CSV may be far larger.',
  headers_unknown: 'These headers are not known. Required columns that are missing: {missing}.',
  headers_absent: 'The map names headers that the file does not have: {absent}.\nThe file has: {found}.',
  days_mixed:
    'Some days of this file can only be written day first, others only month first. Was it put together of two files?',
  columns_unknown: 'The header has unknown columns: {columns}.',
  columns_missing: 'The header lacks {columns}.',
  own_field_unknown: 'There is no own field of that name: {name}.',
  customers_need_key: 'A file of customers needs a column email or customer_key. This one has: {columns}.',
  managers_need_key:
    'A file of account managers needs a column manager, and account_id or email. This one has: {columns}.',
  undo_done: 'This import was undone already.',
  undo_news: 'This import can no longer be undone: order {number} has had news since.',
  undo_told_news:
    'This import can no longer be undone: order {number}, which it told more of, has had news since.',
  undo_given:
    'This import can no longer be undone: order {number} was a sale of nobody before, and it said whose.',
  undo_itemised:
    'This import can no longer be undone: order {number} was told as one sum before, and it told the items.',
  undo_spent: 'This import can no longer be undone: balance of an account in it was spent since.',
  undo_rows: 'Only an import of orders can be undone.',
  undo_voucher: 'This import can no longer be undone: order {number} was paid by a voucher.',
  archive_not_ours: 'This is not an archive of a portal.',
  archive_damaged: 'This is not an archive of a portal, or it is damaged.',
  archive_other_release:
    'The archive is of another release ({theirs}, here {ours}). Bring it into a portal of that release, and upgrade that one.',
  archive_no_end: 'The archive breaks off: its end is missing.',
  archive_breaks_off: 'The archive breaks off in {name}.',
  archive_goes_on: 'The archive goes on behind its end: it is damaged.',
  archive_file_too_large: '{name} is larger than a file of an archive may be.',
  archive_unpacks_too_large: 'This unpacks to more than an archive of a portal does.',
  archive_no_file: '{name} is no file of an archive. Nothing was brought in.',
  archive_table_too_large:
    "{name} is larger than a table's file of an archive may be. Nothing was brought in.",
  archive_unnamed: '{name} is named by no row. Nothing was brought in.',
  archive_changed: '{name} is not the file that was stored. Nothing was brought in.',
  archive_no_text: '{name} is not UTF-8.',
  archive_row: '{where}: {rule}. Nothing was brought in.',
  portal_in_use: 'An archive goes into an empty portal, and this one is in use. Nothing was changed.',
  portal_has:
    'An archive goes into an empty portal, and this one is in use: it has {tables}. Nothing was changed.',
  archive_no_owner:
    'In the archive {email} is no owner, or was let go: you would lose the portal as it comes in. Have an owner of the ' +
    'archive bring it in, or sign in by another address. Nothing was brought in.',
} as const;

export type FailureCode = keyof typeof failureWords;

/** Why a whole file is refused: a code, and what it is about. */
export interface FileRefusal {
  code: FailureCode;
  of: About;
}

/** The refusal of a whole file; `message` says more where the command line can. */
export function refusedFile(
  code: FailureCode,
  of: About = {},
  more: { as?: ErrorCode; message?: string; errors?: readonly FieldError[]; cause?: unknown } = {},
): AppError {
  const { as = 'validation_failed', message = failureText({ code, of }), ...rest } = more;
  return new AppError(as, message, { ...rest, why: { code, of } });
}

export const failureText = ({ code, of }: FileRefusal): string => fillWords(failureWords[code], of);

/** How it is kept; what is refused elsewhere keeps its text alone. */
export function keepFailure({ message, why }: AppError): string {
  return why === null ? message : JSON.stringify(why);
}

/** As it was kept: the reason, or the text of what has none, such as of an earlier release. */
export function readFailure(kept: string | null): { failure: string | null; why: FileRefusal | null } {
  const why = kept?.startsWith('{') === true ? toFailure(JSON.parse(kept)) : null;
  return { failure: why === null ? kept : failureText(why), why };
}

function toFailure(value: unknown): FileRefusal | null {
  return isFailure(value) ? value : null;
}

function isFailure(value: unknown): value is FileRefusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'of' in value &&
    'code' in value &&
    typeof value.code === 'string' &&
    Object.hasOwn(failureWords, value.code)
  );
}
