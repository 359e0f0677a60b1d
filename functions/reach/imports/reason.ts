import { type About, fillWords } from '../../ground/platform/fill-words.ts';
import { reasonWords } from './reason-words.ts';

export type ReasonCode = keyof typeof reasonWords;

/** Why a row is left out: a code, what it is about, and the cell that is wrong where it is one. */
export interface Reason {
  code: ReasonCode;
  of: About;
  /** What the file itself calls the column. */
  column?: string;
  /** What the cell says, cut off where it is long. */
  value?: string;
}

/** What reports keep of a refused row: English text for programs, and the reason that pages put into words. */
export interface ToldReason {
  reason: string;
  /** Absent in reports of releases that kept the text alone. */
  why?: Reason;
}

export function because(code: ReasonCode, of: About = {}): Reason {
  return { code, of };
}

/** The same of one column. */
export function wrongIn(column: string, code: ReasonCode, of: About = {}): Reason {
  return { code, of, column };
}

/** As the command line says it, such as `line_total "1;00": is not an amount`. */
export function reasonText({ code, of, column = '', value }: Reason): string {
  const words: string = reasonWords[code];
  const problem = isCode(of.problem) ? reasonWords[of.problem] : '';
  const text = fillWords(words, { ...of, problem, column });
  return words.includes('{column}') ? text : `${cellText({ column, value })}${text}`;
}

/** The cell that is wrong, as it stands before what is said about it; '' where it is none. */
export function cellText({
  column = '',
  value,
}: Partial<Pick<Reason, 'column'>> & { value?: string | undefined }): string {
  if (column === '') return '';
  return value === undefined ? `${column}: ` : `${column} ${JSON.stringify(value)}: `;
}

export function toldReason(why: Reason): Required<ToldReason> {
  return { reason: reasonText(why), why };
}

/** How it is kept where there is room for a text alone. */
export const keepReason = (reason: Reason): string => JSON.stringify(reason);

/** A reason in the words that a rule of a schema says, which {@link reasonOfIssue} knows again. */
export const rule = (code: ReasonCode, of: About = {}): string => reasonText(because(code, of));

/** What a schema said is wrong with a row, in which its first column is named. */
export function reasonOfIssue(issue: { path: PropertyKey[]; message: string } | undefined): Reason {
  const reason = readWords(issue?.message ?? '') ?? because('not_valid');
  return { ...reason, column: String(issue?.path[0] ?? 'kind') };
}

const ruleCodes = [
  ...(['blank', 'too_long', 'name_characters', 'text_characters', 'needs_email', 'needs_phone'] as const),
  ...([
    'needs_birthday',
    'needs_link',
    'needs_day',
    'needs_time',
    'needs_zoned_time',
    'needs_member_number',
  ] as const),
  ...(['needs_choice', 'needs_whole_number', 'needs_export_id'] as const),
];

function readWords(text: string): Reason | null {
  for (const code of ruleCodes) {
    const [before = '', name = '', after = ''] = reasonWords[code].split(/[{}]/);
    if (name === '' ? text === before : text.startsWith(before) && text.endsWith(after))
      return because(
        code,
        name === '' ? {} : { [name]: text.slice(before.length, text.length - after.length) },
      );
  }
  return null;
}

/** As it was kept; null for what is none, such as a text that an earlier release kept. */
export function readReason(kept: string): Reason | null {
  if (!kept.startsWith('{')) return null;
  try {
    const reason: unknown = JSON.parse(kept);
    return isReason(reason) ? reason : null;
  } catch {
    return null;
  }
}

export function isReason(value: unknown): value is Reason {
  return (
    typeof value === 'object' && value !== null && 'code' in value && isCode(value.code) && 'of' in value
  );
}

export function isCode(code: unknown): code is ReasonCode {
  return typeof code === 'string' && Object.hasOwn(reasonWords, code);
}
