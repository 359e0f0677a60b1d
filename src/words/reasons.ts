import { cellText, isCode, type Reason, type ToldReason } from '../../functions/reach/imports/reason.ts';
import { skippedWords } from '../../functions/reach/imports/reason-words.ts';
import type { Messages } from '../locale.ts';

/** Why a row of a file was left out, in the reader's language. */
export function reasonWords(t: Messages, reason: Reason): string {
  const { column = '', of } = reason;
  const problem = isCode(of.problem) ? reasonWords(t, { code: of.problem, of: {} }) : '';
  const words = t[`reason_${reason.code}`]({ ...nothing, ...of, column, problem });
  return hasColumn.has(reason.code) ? words : `${cellText(reason)}${words}`;
}

/** The same of a report, which an earlier release kept as an English text. */
export function toldReasonWords(t: Messages, { reason, why }: ToldReason): { text: string; lang?: 'en' } {
  return why === undefined || !isCode(why.code)
    ? { text: reason, lang: 'en' }
    : { text: reasonWords(t, why) };
}

/** Why rows are no orders at all; as it is where it is none of the known words. */
export function skippedReasonWords(t: Messages, reason: string): string {
  const code = skippedCodes.find((one) => skippedWords[one] === reason);
  return code === undefined ? reason : t[`imports_skipped_${code}`]();
}

const skippedCodes = keysOf(skippedWords);

function keysOf<Key extends string>(words: Record<Key, string>): Key[] {
  const keys: Key[] = [];
  for (const key in words) keys.push(key);
  return keys;
}

/** Their words name the column themselves. */
const hasColumn: ReadonlySet<string> = new Set([
  ...['empty', 'differs', 'differs_from_nothing', 'nothing_differs'],
]);

const nothing = {
  ...{ amount: '', before: '', cells: '', choices: '', column: '', columns: '', currency: '', decimals: '' },
  ...{
    example: '',
    from: '',
    goods: '',
    kept: '',
    kind: '',
    left: '',
    line: '',
    max: '',
    name: '',
    number: '',
  },
  ...{ order: '', paid: '', problem: '', rule: '', source: '', through: '', told: '', total: '' },
};
