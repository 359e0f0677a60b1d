import { describe, expect, test } from 'vitest';
import {
  keepWhat,
  readWhat,
  type WhatCode,
  whatText,
  whatWords,
} from '../../../functions/desk/verify/what.ts';
import { locales } from '../../../languages/built.ts';
import { wordsIn } from '../../../src/locale.ts';
import { sideWords, whatWords as wordsOf } from '../../../src/words/proof.ts';

const codes = Object.keys(whatWords).filter((code): code is WhatCode => Object.hasOwn(whatWords, code));

const whatOf = (code: WhatCode) => {
  const names = [...whatWords[code].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return { code, of: Object.fromEntries(names.map((name) => [name, `<${name}>`])) };
};

test('what differs is told by the command line with all it is about, and is the same once kept', () => {
  expect(whatText({ code: 'order_line_refunded', of: { order: 'till/A-17', line: '2' } })).toBe(
    'order till/A-17 line 2 refunded',
  );
  for (const code of codes) {
    const what = whatOf(code);
    expect(whatText(what)).not.toContain('{');
    expect(readWhat(keepWhat(what))).toEqual(what);
  }
  expect(readWhat('spend in EUR')).toBeNull();
});

describe.each(locales)('in %s', (locale) => {
  const t = wordsIn(locale);
  test.each(codes)('%s is said with all it is about', (code) => {
    const is = whatOf(code);
    const words = wordsOf(t, { is }) ?? '';
    expect(words).not.toBe('');
    expect(words).not.toContain('undefined');
    for (const value of Object.values(is.of)) expect(words).toContain(value);
  });

  test('sides that are words are said, and all others left as they are', () => {
    for (const side of ['nothing', 'yes', 'true', 'false', 'readable'])
      expect(sideWords(t, side)).not.toBe('');
    expect(sideWords(t, '1234')).toBe('1234');
  });
});
