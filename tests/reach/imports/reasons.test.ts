import { describe, expect, test } from 'vitest';
import { isCode, type Reason, readReason, reasonText } from '../../../functions/reach/imports/reason.ts';
import { reasonWords, skippedWords } from '../../../functions/reach/imports/reason-words.ts';
import { locales } from '../../../languages/built.ts';
import { wordsIn } from '../../../src/locale.ts';
import { skippedReasonWords, toldReasonWords, reasonWords as wordsOf } from '../../../src/words/reasons.ts';

const codes = Object.keys(reasonWords).filter(isCode);

function reasonOf(code: Reason['code']): Reason {
  const names = [...reasonWords[code].matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'column');
  const of = Object.fromEntries(names.map((name) => [name, name === 'problem' ? 'nul' : `<${name}>`]));
  return { code, of, column: 'Spalte' };
}

test('a reason is told whole by the command line, and is the same once kept', () => {
  for (const code of codes) {
    const reason = reasonOf(code);
    expect(reasonText(reason)).not.toMatch(/[{}]/);
    expect(reasonText(reason)).toContain('Spalte');
    expect(readReason(JSON.stringify(reason))).toEqual(reason);
  }
  expect(readReason('line_total is empty')).toBeNull();
});

describe.each(locales)('in %s', (locale) => {
  const t = wordsIn(locale);
  test.each(codes)('%s is said with all it is about', (code) => {
    const reason = reasonOf(code);
    const words = wordsOf(t, reason);
    // A rule is the database's own sentence, in English, for who reads the API.
    for (const [name, value] of Object.entries(reason.of))
      if (name !== 'problem' && name !== 'rule') expect(words).toContain(value);
    expect(words).toContain('Spalte');
    expect(words).not.toMatch(/undefined|[{}]/);
  });

  test('what is no order is said, and what an earlier release kept stays as it is', () => {
    for (const text of Object.values(skippedWords)) expect(skippedReasonWords(t, text)).not.toBe('');
    expect(toldReasonWords(t, { reason: 'is empty' })).toEqual({ text: 'is empty', lang: 'en' });
  });
});
