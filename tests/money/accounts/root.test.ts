import { expect, test } from 'vitest';
import {
  clubSpansOf,
  joiningDayOf,
  newRoot,
  standingOf,
  totalsByKey,
} from '../../../functions/money/accounts/root.ts';
import { aProgramme, aVersion } from '../rewards/builders.ts';

const moment = (text: string) => Date.parse(text);
const now = moment('2026-03-10T12:00:00Z');

test.each<[string, string | null, string | null, string]>([
  ['the first order, where nobody has signed up', '2026-01-05T12:00:00Z', null, '2026-01-05'],
  ['signing up, where nothing was ordered', null, '2026-01-06T12:00:00Z', '2026-01-06'],
  ['the first order, which came first', '2026-01-05T12:00:00Z', '2026-01-06T12:00:00Z', '2026-01-05'],
  ['signing up, which came first', '2026-01-07T12:00:00Z', '2026-01-06T12:00:00Z', '2026-01-06'],
  ['today, while there is neither', null, null, '2026-03-10'],
  ['the day it was by the clock of Kyiv', '2026-01-05T22:30:00Z', null, '2026-01-06'],
])('an account joined on the day of %s', (_name, first, signedUp, expected) => {
  const root = {
    firstPlacedAt: first === null ? null : moment(first),
    signedUpAt: signedUp === null ? null : moment(signedUp),
  };
  expect(joiningDayOf(root, 'Europe/Kyiv', now)).toBe(expected);
});

test.each<[string, string | null, ReturnType<typeof clubSpansOf>]>([
  ['never', null, []],
  ['no longer', '[[1,2]]', [{ since: 1, until: 2 }]],
  [
    'again, and still',
    '[[1,2],[3,null]]',
    [
      { since: 1, until: 2 },
      { since: 3, until: null },
    ],
  ],
])('the times in the club as they are kept: %s', (_name, text, expected) => {
  expect(clubSpansOf(text)).toEqual(expected);
});

test.each(['{}', '[1]'])('spans of another form are refused: %s', (text) => {
  expect(() => clubSpansOf(text)).toThrow();
});

test('the times in the club are looked at only where a rule is for the club', () => {
  const root = { ...newRoot('a', 1), firstPlacedAt: now, clubSpans: '[[1,null]]' };
  const standing = (compiled: ReturnType<typeof aProgramme> | null) =>
    standingOf(root, { timeZone: 'UTC', compiled }, now);
  expect(standing(aProgramme([aVersion(1)]))).toEqual({ joiningDay: '2026-03-10', club: [] });
  expect(standing(aProgramme([aVersion(1, { audience: 'club' })])).club).toEqual([{ since: 1, until: null }]);
  expect(standing(null).club).toEqual([]);
});

test('an account that has no rows yet has nothing, under the programme of now', () => {
  expect(newRoot('a', 7)).toEqual({
    ...{ id: 'a', firstPlacedAt: null, signedUpAt: null, historySeq: 0, ledgerSeq: 0, ledgerHash: '' },
    ...{ balanceMinor: 0n, settledRevision: 7, clubSpans: null, segmentSpans: null, withdrawnAt: null },
  });
});

test('totals are found by rule, version and period', () => {
  const row = {
    ...{ rootId: 'a', ruleId: 'back', version: 2, periodStart: '2026-01-01', periodEnd: '2026-02-01' },
    ...{ spendMinor: 3n, settledMinor: 2n, postedMinor: 1n },
  };
  expect([...totalsByKey([row])]).toEqual([
    [
      'back@2/2026-01-01',
      {
        ...{ ruleId: 'back', version: 2, period: { start: '2026-01-01', end: '2026-02-01' } },
        ...{ spend: 3n, settled: 2n, posted: 1n },
      },
    ],
  ]);
});
