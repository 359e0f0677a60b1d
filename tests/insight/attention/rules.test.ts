import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../functions/ground/platform/calendar.ts';
import type { attentionLists } from '../../../functions/insight/attention/lists.ts';
import { drawSome } from '../../../functions/insight/attention/rules/draw.ts';
import { hasHappened } from '../../../functions/insight/attention/rules/happened.ts';
import type { AskedDay, WatchedAccount, Window } from '../../../functions/insight/attention/rules/known.ts';
import { recordOf } from '../../../functions/insight/attention/rules/record.ts';
import { comparableTo, sayOf } from '../../../functions/insight/attention/rules/say.ts';
import { shiftOf } from '../../../functions/insight/attention/rules/shift.ts';

const today = '2026-03-01';
const asked: AskedDay = { today, medianMinor: 10_000n };
const ago = (days: number) => addDays(today, -days);

const nobody: WatchedAccount = {
  ...{ purchaseDays: 5, lastOn: ago(2), interval: { medianDays: 20, upperDays: 30 }, forecast: null },
  ...{ yearMinor: 50_000n, windows: [], hasOpenCase: false, scores: [], departments: [] },
  praise: { recommended: null, quoted: null, friend_ordered: null, praised: null },
};
const alive = (alivePermille: number, nextDays: number | null = null) => ({
  forecast: { alivePermille, nextDays },
});
const noHabit = { purchaseDays: 1, interval: null, yearMinor: 0n };
const sums = (...minors: number[]): Window[] =>
  minors.map((minor) => ({ minor: BigInt(minor), purchaseDays: 3 }));
const praised = (on: string) => ({ praise: { ...nobody.praise, quoted: on } });
const department = (silent: number) => ({
  departments: [{ id: 'd', purchaseDays: 4, firstOn: ago(silent + 60), lastOn: ago(silent) }],
});

/** What lists say of an account, as `list: reasons`. */
const said = (known: Partial<WatchedAccount>, day = asked) =>
  sayOf({ ...nobody, ...known }, day).map(
    ({ list, reasons }) => `${list}: ${reasons.map(({ code }) => code).join(' ')}`,
  );

describe('lists say', () => {
  test.each<[name: string, known: Partial<WatchedAccount>, lists: string[]]>([
    ['nothing of who bought and is not due yet', {}, []],
    ['who is due in 14 days by the own interval', { lastOn: ago(6) }, ['reorders_soon: own_interval']],
    ['nothing in 15 days', { lastOn: ago(5) }, []],
    ['who is overdue within the upper quartile', { lastOn: ago(30) }, ['reorders_soon: own_interval']],
    ['nothing beyond it', { lastOn: ago(31), ...noHabit }, []],
    [
      'nothing of who buys every third day',
      { lastOn: ago(1), interval: { medianDays: 3, upperDays: 4 } },
      [],
    ],
    ['who is expected by the forecast', alive(500, 14), ['reorders_soon: next_expected']],
    ['nothing when the forecast expects it later', alive(900, 15), []],
    ['nothing when it gives them up', { ...alive(499, 3), yearMinor: 1n }, []],
    [
      'who is worth much and quieter than three of four intervals by half',
      { lastOn: ago(46) },
      ['walks_away: silent_beyond value_above'],
    ],
    ['nothing within that', { lastOn: ago(45) }, []],
    ['nothing of who is worth less than half of all', { lastOn: ago(46), yearMinor: 9_999n }, []],
    [
      'who is given less than a half by the forecast',
      { lastOn: ago(31), ...alive(499) },
      ['walks_away: alive_below value_above'],
    ],
    ['nothing at a half', { lastOn: ago(31), ...alive(500) }, []],
    ['who lapsed by three intervals', { lastOn: ago(61) }, ['lapsed: silent_times']],
    ['who has not after three intervals', { lastOn: ago(60) }, ['walks_away: silent_beyond value_above']],
    ['who lapsed by the forecast', { lastOn: ago(60), ...alive(199) }, ['lapsed: alive_below']],
    ['nothing of lapsed who are gone for three years', { lastOn: ago(3 * 365 + 1), yearMinor: 0n }, []],
    ['who bought once, a year ago', { ...noHabit, lastOn: ago(366) }, ['lapsed: silent_long']],
    ['nothing of who bought once and is not told of', { ...noHabit, lastOn: ago(365) }, []],
    ['who praised within half a year', praised(ago(179)), ['praises: quoted']],
    ['nothing of older praise', praised(ago(180)), []],
    ['nothing of praise beside an open case', { ...praised(ago(1)), hasOpenCase: true }, []],
    ['nothing of praise before a poor score', { ...praised(ago(9)), scores: [8, 10] }, []],
    [
      'who spends much less than usual',
      { windows: sums(400, 1000, 1000, 900, 1100) },
      ['shifts: spend_fell'],
    ],
    ['who spends much more', { windows: sums(1600, 1000, 1000, 900, 1100) }, ['shifts: spend_rose']],
    ['nothing within half', { windows: sums(1400, 1000, 1000, 900, 1100) }, []],
    ['nothing of who varies as much', { windows: sums(400, 200, 1800, 500, 1500) }, []],
    ['nothing before four windows of habit', { windows: sums(100, 1000, 1000, 1000) }, []],
    ['who would recommend us less', { scores: [6, 9, 9] }, ['shifts: score_fell']],
    ['nothing of two points', { scores: [7, 9, 9] }, []],
    ['nothing of one answer before', { scores: [1, 9] }, []],
    [
      'a department that stopped while the company buys',
      department(61),
      ['dormant_departments: department_silent company_buys'],
    ],
    ['nothing of one within three intervals', department(60), []],
    ['nothing of one whose company stopped', { ...department(200), ...noHabit, lastOn: ago(61) }, []],
  ])('%s', (_, known, lists) => {
    expect(said(known)).toEqual(lists);
  });

  test('of nobody that they walk away while nobody spends', () => {
    expect(said({ lastOn: ago(46) }, { today, medianMinor: null })).toEqual([]);
  });

  test('that somebody on a list stays there for some points of chance', () => {
    const known = { ...nobody, lastOn: ago(31), ...alive(540) };
    const lists = (isOn: boolean) => sayOf(known, asked, () => isOn).map(({ list }) => list);
    expect([lists(false), lists(true)]).toEqual([[], ['walks_away']]);
  });
});

test('whoever is named is among those that are comparable, but for who has no habit to be held to', () => {
  const days = fc.integer({ min: 0, max: 1200 });
  const known = fc.record({
    purchaseDays: fc.integer({ min: 1, max: 9 }),
    silent: days,
    permille: fc.option(fc.integer({ min: 0, max: 1000 })),
    year: fc.integer({ min: 0, max: 30_000 }),
    windows: fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 9 }),
  });
  fc.assert(
    fc.property(known, ({ purchaseDays, silent, permille, year, windows }) => {
      const account: WatchedAccount = {
        ...nobody,
        ...{ purchaseDays, lastOn: ago(silent), yearMinor: silent < 365 ? BigInt(year) : 0n },
        interval: purchaseDays > 1 ? { medianDays: 20, upperDays: 30 } : null,
        forecast: permille === null ? null : { alivePermille: permille, nextDays: permille > 600 ? 9 : null },
        windows: sums(...windows),
      };
      const day = { today, medianMinor: 5000n };
      const comparable = comparableTo(account, day).map(({ list }) => list);
      const lists = sayOf(account, day).map(({ list }) => list);
      expect(comparable).toEqual(expect.arrayContaining(lists));
      expect(lists.includes('walks_away') && lists.includes('lapsed')).toBe(false);
    }),
  );
});

test.each<[string, number, number[], ReturnType<typeof shiftOf>]>([
  ['a habit without spread still varies by a tenth', 140, [100, 100, 100, 100], null],
  ['nothing is half of nothing', 0, [0, 0, 0, 0], null],
  ['anything is beyond nothing', 5, [0, 0, 0, 0], { usual: 0, isBelow: false }],
  ['one wild window moves no habit', 40, [100, 100, 9000, 100], { usual: 100, isBelow: true }],
])('of a shift: %s', (_, value, before, expected) => {
  expect(shiftOf(value, before)).toEqual(expected);
});

test.each<[(typeof attentionLists)[number], number, boolean | null]>([
  ['reorders_soon', 1, true],
  ['reorders_soon', 0, false],
  ['walks_away', 1, false],
  ['lapsed', 0, true],
  ['dormant_departments', 0, true],
  ['praises', 1, false],
  ['shifts', 1, null],
])('%s after %i purchase days came true: %s', (list, purchaseDays, expected) => {
  expect(hasHappened(list, { purchaseDays, spendMinor: 0n, hasPraised: false }, null)).toBe(expected);
});

test.each([
  [99n, true, true],
  [100n, true, false],
  [100n, false, false],
  [101n, false, true],
])('a shift with %i spent against a usual 100, below it: %s, lasted: %s', (spendMinor, isBelow, lasted) => {
  const after = { purchaseDays: 1, spendMinor, hasPraised: false };
  expect(hasHappened('shifts', after, { minor: 100n, isBelow })).toBe(lasted);
});

test.each([
  ['few said', { said: 29, happened: 20, drawn: 90, drawnHappened: 9 }, { isTold: false, said: 29 }],
  ['few drawn', { said: 30, happened: 20, drawn: 29, drawnHappened: 9 }, { isTold: false, said: 30 }],
  [
    'enough of both',
    { said: 30, happened: 20, drawn: 90, drawnHappened: 9 },
    { isTold: true, said: 30, happened: 20, byChance: 3 },
  ],
])('the record of %s', (_, counted, expected) => {
  expect(recordOf(counted)).toEqual(expected);
});

test('what is drawn by chance depends on nothing but the keys, and every one may be', () => {
  const all = Array.from({ length: 40 }, (_, number) => `account ${number}`);
  const drawn = drawSome(all, 5, (one) => one);
  expect(drawSome([...all].reverse(), 5, (one) => one)).toEqual(drawn);
  const ever = new Set(
    Array.from({ length: 60 }, (_, day) => drawSome(all, 5, (one) => `${day} ${one}`)).flat(),
  );
  expect(ever.size).toBe(40);
});
