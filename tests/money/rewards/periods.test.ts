import { describe, expect, it } from 'vitest';
import { governingVersion, periodOf } from '../../../functions/money/rewards/periods.ts';
import type { RuleVersion } from '../../../functions/money/rewards/types.ts';
import { aProgramme, aVersion, joined } from './builders.ts';

describe('the period of a day', () => {
  it.each([
    ['month', '2026-03-31', joined, '2026-03-01', '2026-04-01'],
    ['month', '2026-12-01', joined, '2026-12-01', '2027-01-01'],
    ['quarter', '2026-03-31', joined, '2026-01-01', '2026-04-01'],
    ['quarter', '2026-04-01', joined, '2026-04-01', '2026-07-01'],
    ['quarter', '2026-12-31', joined, '2026-10-01', '2027-01-01'],
    ['year', '2026-01-01', joined, '2026-01-01', '2027-01-01'],
    ['membership-year', '2026-05-14', joined, '2025-05-15', '2026-05-15'],
    ['membership-year', '2026-05-15', joined, '2026-05-15', '2027-05-15'],
    ['membership-year', '2020-05-15', joined, '2020-05-15', '2021-05-15'],
    ['membership-year', '2025-02-28', '2024-02-29', '2024-02-29', '2025-03-01'],
    ['membership-year', '2025-03-01', '2024-02-29', '2025-03-01', '2026-03-01'],
    ['membership-year', '2028-02-28', '2024-02-29', '2027-03-01', '2028-02-29'],
    ['membership-year', '2028-02-29', '2024-02-29', '2028-02-29', '2029-03-01'],
    ['lifetime', '2026-05-14', '2019-01-01', '2019-01-01', null],
  ] as const)('%s of %s, anchored at %s, is %s to %s', (kind, day, anchor, start, end) => {
    expect(periodOf(kind, day, anchor)).toEqual({ start, end });
  });
});

describe('the version that governs a day', () => {
  const quarterly = { period: 'quarter' } as const;
  const first = aVersion(1, { ...quarterly, from: '2026-02-10' });
  const changed = [first, aVersion(2, { ...quarterly, from: '2026-05-10' })];
  const ended = [aVersion(1, { ...quarterly, from: '2026-02-10' }, '2026-05-20')];
  const endedBeforeItBegan = [first, aVersion(2, { ...quarterly, from: '2026-05-10' }, '2026-05-20')];
  const backAgain = [...ended, aVersion(2, { ...quarterly, from: '2026-06-15' })];
  const lifetimes = [aVersion(1, { from: '2026-02-10' }), aVersion(2, { from: '2026-05-10' })];
  const fromMonthToYear = [
    aVersion(1, { period: 'month', from: '2026-01-01' }),
    aVersion(2, { period: 'year', from: '2026-05-10' }),
  ];
  const membership = [
    aVersion(1, { period: 'membership-year', from: '2024-01-01' }),
    aVersion(2, { period: 'membership-year', from: '2026-01-01' }),
  ];

  it.each([
    ['none before the first day', [first], '2026-02-09', null],
    ['the first begins with part of a period', [first], '2026-02-10', [1, '2026-01-01']],
    ['and goes on with whole ones', [first], '2026-04-01', [1, '2026-04-01']],
    ['a change waits for the next period', changed, '2026-05-10', [1, '2026-04-01']],
    ['to the last day', changed, '2026-06-30', [1, '2026-04-01']],
    ['then it governs', changed, '2026-07-01', [2, '2026-07-01']],
    ['an ended rule, on its last day', ended, '2026-05-19', [1, '2026-04-01']],
    ['an ended rule, after it', ended, '2026-05-20', null],
    ['a version ended before it began takes the older with it', endedBeforeItBegan, '2026-05-20', null],
    ['which governed until then', endedBeforeItBegan, '2026-05-19', [1, '2026-04-01']],
    ['and does not come back later', endedBeforeItBegan, '2026-08-01', null],
    ['between end and return', backAgain, '2026-06-14', null],
    ['a returned rule begins with part of a period', backAgain, '2026-06-15', [2, '2026-04-01']],
    ['lifetime changes on the day', lifetimes, '2026-05-10', [2, '2026-05-10']],
    ['lifetime, the day before', lifetimes, '2026-05-09', [1, '2026-02-10']],
    ['months go on until the year begins', fromMonthToYear, '2026-12-31', [1, '2026-12-01']],
    ['then years', fromMonthToYear, '2027-01-01', [2, '2027-01-01']],
    ['a membership year keeps its version', membership, '2026-05-14', [1, '2025-05-15']],
    ['until the next one', membership, '2026-05-15', [2, '2026-05-15']],
  ] as [string, RuleVersion[], string, [number, string] | null][])('%s', (_name, versions, day, expected) => {
    const found = governingVersion(aProgramme(versions), { ruleId: 'back', day, joiningDay: joined });
    expect(found === null ? null : [found.version.version, found.period.start]).toEqual(expected);
  });

  it('knows no version of an unknown rule', () => {
    expect(
      governingVersion(aProgramme([first]), { ruleId: 'other', day: '2026-03-01', joiningDay: joined }),
    ).toBeNull();
  });
});
