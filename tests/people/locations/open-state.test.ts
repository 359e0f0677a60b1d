import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWeek } from '../../../functions/ground/platform/business-hours.ts';
import { parseSpans } from '../../../functions/people/locations/location.ts';
import { openState } from '../../../functions/people/locations/open-state.ts';

const kyiv = 'Europe/Kyiv';
const at = (time: string) => Date.parse(time);

function stateAt(
  time: string,
  {
    week,
    special = {},
    timeZone = kyiv,
  }: { week: string; special?: Record<string, string>; timeZone?: string },
) {
  const days = Object.entries(special).map(([day, hours]) => [day, parseSpans(hours) ?? []] as const);
  const state = openState({ week: parseWeek(week) ?? [], special: new Map(days), timeZone }, at(time));
  const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
  return state.isOpen ? `open until ${iso(state.until)}` : `closed until ${iso(state.from)}`;
}

describe('open now', () => {
  // 2026-12-01 is a Tuesday; Kyiv is two hours ahead in winter and three in summer.
  test.each([
    ['before opening', '2026-12-01T06:59:59Z', 'closed until 2026-12-01T07:00:00.000Z'],
    ['at opening', '2026-12-01T07:00:00Z', 'open until 2026-12-01T10:00:00.000Z'],
    ['at the break', '2026-12-01T10:00:00Z', 'closed until 2026-12-01T11:00:00.000Z'],
    ['at closing', '2026-12-01T15:00:00Z', 'closed until 2026-12-02T07:00:00.000Z'],
    ['over the weekend', '2026-12-05T12:00:00Z', 'closed until 2026-12-07T07:00:00.000Z'],
  ])('%s', (_, time, expected) => {
    expect(stateAt(time, { week: 'Mon-Fri 09:00-12:00, Mon-Fri 13:00-17:00' })).toBe(expected);
  });

  test('a holiday stands in place of the week, and so does a longer evening', () => {
    const shop = { week: 'Mon-Fri 09:00-17:00', special: { '2026-12-24': '09:00-20:00', '2026-12-25': '' } };
    expect(stateAt('2026-12-24T16:00:00Z', shop)).toBe('open until 2026-12-24T18:00:00.000Z');
    expect(stateAt('2026-12-24T18:00:00Z', shop)).toBe('closed until 2026-12-28T07:00:00.000Z');
  });

  test('hours that go on at midnight are one', () => {
    const bar = { week: 'Fri 20:00-24:00, Sat 00:00-03:00' };
    expect(stateAt('2026-12-04T20:00:00Z', bar)).toBe('open until 2026-12-05T01:00:00.000Z');
  });

  test('around the clock there is no end, and without any hours no beginning', () => {
    expect(stateAt('2026-12-04T20:00:00Z', { week: 'Mon-Sun 00:00-24:00' })).toBe('open until null');
    const closed = Object.fromEntries(
      Array.from({ length: 61 }, (_, day) => [
        new Date(at('2026-12-01T00:00:00Z') + day * 86_400_000).toISOString().slice(0, 10),
        '',
      ]),
    );
    expect(stateAt('2026-12-01T12:00:00Z', { week: 'Mon-Sun 09:00-17:00', special: closed })).toBe(
      'closed until null',
    );
  });

  test('on the days on which clocks change, the hours are those of the wall', () => {
    const shop = { week: 'Mon-Sun 09:00-17:00' };
    expect(stateAt('2027-03-28T05:59:00Z', shop)).toBe('closed until 2027-03-28T06:00:00.000Z');
    expect(stateAt('2027-10-31T14:59:00Z', shop)).toBe('open until 2027-10-31T15:00:00.000Z');
  });

  test('whatever the hours, it is open just where a plain look at the wall clock says so, and what is told changes it', () => {
    // Between the two no clock changes: there what the wall shows is not one moment.
    const edge = fc.oneof(fc.constant(0), fc.integer({ min: 240, max: 1440 }));
    const span = fc
      .uniqueArray(edge, { minLength: 2, maxLength: 2 })
      .map((edges) => edges.toSorted((a, b) => a - b) as [number, number]);
    const week = fc.array(fc.option(span, { nil: null }), { minLength: 7, maxLength: 7 });
    const moment = fc.integer({
      min: at('2026-01-01T00:00:00Z') / 60_000,
      max: at('2028-01-01T00:00:00Z') / 60_000,
    });
    const zone = fc.constantFrom('Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(week, moment, zone, (spans, minute, timeZone) => {
        const days = spans.map((one) => (one === null ? [] : [one]));
        const ask = (when: number) => openState({ week: days, special: new Map(), timeZone }, when);
        const now = minute * 60_000;
        const state = ask(now);
        expect(state.isOpen).toBe(isOpenByClock(days, now, timeZone));
        const next = state.isOpen ? state.until : state.from;
        if (next === null) return;
        expect(next).toBeGreaterThan(now);
        expect(ask(next).isOpen).toBe(!state.isOpen);
        expect(ask(next - 60_000).isOpen).toBe(state.isOpen);
      }),
      { numRuns: 300 },
    );
  });
});

/** What the wall clock shows, looked up among the spans of its weekday. */
function isOpenByClock(
  week: readonly (readonly [number, number][])[],
  now: number,
  timeZone: string,
): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(part('weekday'));
  const minutes = Number(part('hour')) * 60 + Number(part('minute'));
  return (week[weekday] ?? []).some(([from, until]) => from <= minutes && minutes < until);
}

test.each([
  ['10:00-14:00', [[600, 840]]],
  [
    '10:00-12:00, 13:00-24:00',
    [
      [600, 720],
      [780, 1440],
    ],
  ],
  [' ', []],
  ['14:00-10:00', null],
  ['Mon 10:00-14:00', null],
  ['10-14', null],
])('%s of a special day', (text, spans) => {
  expect(parseSpans(text)).toEqual(spans);
});
