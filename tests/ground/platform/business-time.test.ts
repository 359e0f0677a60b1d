import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayOf,
  instantOfLocal,
  isDay,
  isTimeZone,
  parseInstantOrDate,
  plusDays,
  startOfDay,
  startOfNextMonth,
} from '../../../functions/ground/platform/business-time.ts';

const at = Date.parse;

describe('the day of an instant', () => {
  it.each([
    ['before midnight in Kyiv, summer time', '2026-03-31T20:59:59.999Z', 'Europe/Kyiv', '2026-03-31'],
    ['at midnight in Kyiv, summer time', '2026-03-31T21:00:00Z', 'Europe/Kyiv', '2026-04-01'],
    ['before midnight in Kyiv, winter time', '2025-12-31T21:59:59.999Z', 'Europe/Kyiv', '2025-12-31'],
    ['at midnight in Kyiv, winter time', '2025-12-31T22:00:00Z', 'Europe/Kyiv', '2026-01-01'],
    ['the day New York leaves summer time', '2026-11-01T03:59:59.999Z', 'America/New_York', '2026-10-31'],
    ['its first instant', '2026-11-01T04:00:00Z', 'America/New_York', '2026-11-01'],
    ['its last instant, 25 hours on', '2026-11-02T04:59:59.999Z', 'America/New_York', '2026-11-01'],
    ['east of everyone', '2026-01-01T10:00:00Z', 'Pacific/Kiritimati', '2026-01-02'],
    ['before 1970', '1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31'],
    ['a leap day', '2024-02-29T12:00:00Z', 'UTC', '2024-02-29'],
    ['the second after an odd change of 44:30', '1972-01-07T00:44:30Z', 'Africa/Monrovia', '1972-01-07'],
  ])('%s', (_name, instant, zone, day) => {
    expect(dayOf(at(instant), zone)).toBe(day);
  });
});

describe('the start of a day', () => {
  it.each([
    ['in winter', '2026-01-15', 'Europe/Kyiv', '2026-01-14T22:00:00Z'],
    ['on the day summer time begins', '2026-03-29', 'Europe/Kyiv', '2026-03-28T22:00:00Z'],
    ['on the day after', '2026-03-30', 'Europe/Kyiv', '2026-03-29T21:00:00Z'],
    ['when midnight is skipped', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['when midnight comes twice', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
  ])('%s', (_name, day, zone, instant) => {
    expect(new Date(startOfDay(day, zone)).toISOString()).toBe(new Date(instant).toISOString());
  });

  it('belongs to that day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_000, max: 60_000 }), fc.constantFrom(...zones), (number, zone) => {
        const day = addDays('1970-01-01', number);
        expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
      }),
    );
  });
});

const zones = [
  'Europe/Kyiv',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'UTC',
];

it('agrees with Temporal on day and clock everywhere', () => {
  const instants = fc.integer({ min: at('1930-01-01'), max: at('2100-01-01') });
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (ms, zone) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      expect(dayOf(ms, zone)).toBe(zoned.toPlainDate().toString());
      const local = zoned.toPlainDateTime();
      const again = local.toZonedDateTime(zone).epochMilliseconds;
      expect(instantOfLocal(local.toString({ fractionalSecondDigits: 3 }), zone)).toBe(again);
    }),
  );
});

describe('a number of days later', () => {
  it.each([
    ['none', '2026-03-27T08:00:00Z', 0, '2026-03-27T08:00:00Z'],
    ['across the change, at the same time of the clock', '2026-03-27T08:00:00Z', 3, '2026-03-30T07:00:00Z'],
    ['into the skipped hour, moved on by the gap', '2026-03-28T01:30:00Z', 1, '2026-03-29T01:30:00Z'],
    ['into the hour that comes twice, its first', '2026-10-24T00:30:00Z', 1, '2026-10-25T00:30:00Z'],
  ])('%s', (_name, from, days, to) => {
    expect(new Date(plusDays(at(from), days, 'Europe/Kyiv')).toISOString()).toBe(new Date(to).toISOString());
  });
});

it.each([
  ['2026-01-15', 1, '2026-02-15'],
  ['2026-12-31', 1, '2027-01-31'],
  ['2026-01-31', 1, '2026-03-01'],
  ['2024-02-29', 12, '2025-03-01'],
  ['2024-02-29', 48, '2028-02-29'],
  ['2024-02-29', -12, '2023-03-01'],
  ['2026-01-01', -1, '2025-12-01'],
])('%s plus %s months is %s', (day, months, expected) => {
  expect(addMonths(day, months)).toBe(expected);
});

it('steps over month and year ends', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(startOfNextMonth('2026-12-05')).toBe('2027-01-01');
  expect(startOfNextMonth('2026-01-31')).toBe('2026-02-01');
});

it('knows real days', () => {
  expect(['2024-02-29', '1900-01-01', '2200-12-31'].every(isDay)).toBe(true);
  expect(
    ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '1899-12-31', '2201-01-01', '26-01-01'].some(
      isDay,
    ),
  ).toBe(false);
});

it('knows named time zones only', () => {
  expect(['Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'UTC'].every(isTimeZone)).toBe(true);
  expect(['', '+02:00', 'Mars/Olympus', 'Europe/Kyiv; --', 'local'].some(isTimeZone)).toBe(false);
});

describe('reading a time', () => {
  it.each([
    ['2026-03-01', { ok: true, kind: 'date', date: '2026-03-01' }],
    ['2026-03-01T10:00', { ok: true, kind: 'local', local: '2026-03-01T10:00:00.000' }],
    ['2026-03-01 10:00:05', { ok: true, kind: 'local', local: '2026-03-01T10:00:05.000' }],
    ['2026-03-01T10:00:00Z', { ok: true, kind: 'instant', ms: at('2026-03-01T10:00:00Z') }],
    ['2026-03-01T10:00:00.123456+02:00', { ok: true, kind: 'instant', ms: at('2026-03-01T08:00:00.123Z') }],
    ['2026-03-01 10:00:00 -0500', { ok: true, kind: 'instant', ms: at('2026-03-01T15:00:00Z') }],
    ['2026-03-01T00:30+05', { ok: true, kind: 'instant', ms: at('2026-02-28T19:30:00Z') }],
    ['2016-12-31T23:59:60Z', { ok: true, kind: 'instant', ms: at('2016-12-31T23:59:59Z') }],
  ])('takes %s', (text, expected) => {
    expect(parseInstantOrDate(text)).toEqual(expected);
  });

  it.each([
    '',
    '2026-02-30',
    '2026-02-30T10:00:00Z',
    '2025-02-29',
    '1899-12-31',
    '2201-01-01',
    '2026-03-01T24:00:00Z',
    '2026-03-01T10:60',
    '2026-03-01T10',
    '2026-03-01T10:00:00+24:00',
    '2026-03-01T10:00:00Z[Europe/Kyiv]',
    '01.03.2026',
    '03/01/2026',
    '20260301',
    '2026-3-1',
    ' 2026-03-01',
    '2026-03-01\n',
    '1772359200',
  ])('refuses %j', (text) => {
    expect(parseInstantOrDate(text)).toEqual({ ok: false });
  });
});
