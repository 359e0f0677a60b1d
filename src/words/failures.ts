import { type RowRule, rowRules } from '../../functions/desk/archive/broken-rule.ts';
import type { About } from '../../functions/ground/platform/fill-words.ts';
import type { ImportRun } from '../../functions/reach/imports/runs/run.ts';
import type { Messages } from '../locale.ts';

/** Why nothing of a file came in, or it cannot be undone, in the reader's language; an earlier release kept an English text. */
export function failureWords(
  t: Messages,
  { failure, whyFailed }: Pick<ImportRun, 'failure' | 'whyFailed'>,
): { text: string; lang?: 'en' } {
  if (whyFailed === null) return { text: failure ?? '', lang: 'en' };
  const { code, of } = whyFailed;
  const { broken } = of;
  if (code !== 'archive_row') return { text: t[`failure_${code}`]({ ...nothing, ...of }) };
  // An earlier release kept the English words alone.
  if (!isRowRule(broken)) return { text: failure ?? '', lang: 'en' };
  const rule = t[`failure_row_${broken}`]({ ...nothing, ...of });
  return { text: t.failure_archive_row({ where: placeWords(t, of), rule }) };
}

const isRowRule = (code: unknown): code is RowRule =>
  typeof code === 'string' && Object.hasOwn(rowRules, code);

function placeWords(t: Messages, { file = '', line = '', column = '' }: About): string {
  return column === '' ? t.failure_row({ file, line }) : t.failure_row_column({ file, line, column });
}

const nothing = {
  ...{ absent: '', columns: '', email: '', found: '', line: '', max: '', missing: '', name: '', number: '' },
  ...{ cells: '', choices: '', table: '' },
  ...{ ours: '', reason: '', rule: '', size: '', tables: '', theirs: '', where: '' },
};
