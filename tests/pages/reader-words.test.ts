import { describe, expect, test } from 'vitest';
import { brokenRule, type RowRule, rowRules } from '../../functions/desk/archive/broken-rule.ts';
import { keepFailure, readFailure } from '../../functions/reach/imports/refused-file.ts';
import { speechIn } from '../../src/locale.ts';
import { failureWords } from '../../src/words/failures.ts';
import { reasonWords } from '../../src/words/reasons.ts';
import { segmentProblem } from '../../src/words/segment-errors.ts';

const { t } = speechIn('uk', ['uk']);

/** Words of two letters and more that no Ukrainian has; what stands in files is written as it stands there. */
const english = (text: string) =>
  text.replaceAll(/\b(?:JSON|CSV|UTF|Excel|yes|no)\b/g, '').match(/[a-z]{2,}/gi) ?? [];

const told = (rule: RowRule, of = {}) => {
  const kept = keepFailure(brokenRule({ file: 'q.csv', line: 7, column: 'x', rule, of }));
  const { failure, why } = readFailure(kept);
  return { failure, ...failureWords(t, { failure, whyFailed: why }) };
};

describe('why a row of an archive is refused', () => {
  const rules = Object.keys(rowRules).filter((rule): rule is RowRule => Object.hasOwn(rowRules, rule));

  test.each(rules)('is told in Ukrainian: %s', (rule) => {
    const { text, lang, failure } = told(rule, { choices: '1', cells: 2, columns: 3, table: '4', name: '5' });
    expect(english(text.replace('q.csv', ''))).toEqual([]);
    expect(text).toContain('q.csv, рядок 7, x');
    expect(lang).toBeUndefined();
    expect(failure).toMatch(/^q\.csv, line 7, x: [a-z]/);
  });

  test('is in the English words of an earlier release, and says so', () => {
    const kept = { code: 'archive_row' as const, of: { where: 'q.csv, line 7', rule: 'is missing' } };
    const failure = 'q.csv, line 7: is missing. Nothing was brought in.';
    expect(failureWords(t, { failure, whyFailed: kept })).toEqual({ text: failure, lang: 'en' });
  });
});

test('what a reader of workbooks or the database said stands in no page', () => {
  const why = { code: 'workbook_unreadable' as const, of: { reason: 'invalid zip data' } };
  expect(failureWords(t, { failure: '', whyFailed: why }).text).not.toContain('zip');
  const of = { rule: 'UNIQUE constraint failed: feedback.id' };
  expect(english(reasonWords(t, { code: 'contradicts_here', of }))).toEqual([]);
});

test.each([
  ['circular', 'definition.rules.0.value', undefined],
  ['unknown_segment', 'definition.rules.0.value', undefined],
  ['unknown_field', 'definition.rules.0.field', undefined],
  ['unknown_operator', 'definition.rules.0.operator', 'count'],
  ['too_deep', 'definition.rules.0', undefined],
  ['too_many', 'definition.rules', undefined],
  ['too_small', 'definition.rules.0.rules', undefined],
  ['too_big', 'definition.rules.0.within.days', 'count'],
  ['invalid_value', 'definition.rules.0.value', 'count'],
  ['invalid_value', 'definition.rules.0.value', 'half_days'],
  ['invalid_value', 'definition.rules.0.value', 'money'],
  ['invalid_value', 'definition.rules.0.value', 'day'],
  ['required', 'definition.rules.0.value', 'text'],
] as const)('what is wrong with a segment is told in Ukrainian: %s at %s of %s', (code, path, kind) => {
  const problem = segmentProblem(t, { code, path }, kind);
  expect(english(t.segments_rule_wrong({ problem }))).toEqual([]);
});
