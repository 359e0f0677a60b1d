import { describe, expect, test } from 'vitest';
import { addBusinessHours, parseWeek } from '../../../functions/ground/platform/business-hours.ts';

const office = parseWeek('Mon-Fri 09:00-17:00') ?? [];
const due = (at: string, hours: number, week = office, timeZone = 'UTC') =>
  new Date(addBusinessHours(Date.parse(at), hours, { week, timeZone })).toISOString();

describe('business hours', () => {
  test.each([
    ['within a day', '2026-03-02T09:00:00Z', 4, '2026-03-02T13:00:00.000Z'],
    ['up to the end of a day', '2026-03-02T09:00:00Z', 8, '2026-03-02T17:00:00.000Z'],
    ['over a night', '2026-03-02T16:30:00Z', 1, '2026-03-03T09:30:00.000Z'],
    ['from before opening', '2026-03-02T05:00:00Z', 1, '2026-03-02T10:00:00.000Z'],
    ['over a weekend', '2026-03-06T16:00:00Z', 2, '2026-03-09T10:00:00.000Z'],
    ['from a Sunday', '2026-03-01T12:00:00Z', 16, '2026-03-03T17:00:00.000Z'],
  ])('%s', (_, at, hours, expected) => expect(due(at, hours)).toBe(expected));

  test('go by the clock of the business, also when it is put forward', () => {
    const always = parseWeek('Mon-Sun 00:00-24:00') ?? [];
    expect(due('2026-03-29T00:00:00Z', 2, always, 'Europe/London')).toBe('2026-03-29T02:00:00.000Z');
    expect(due('2026-03-27T17:00:00Z', 1, office, 'Europe/London')).toBe('2026-03-30T09:00:00.000Z');
  });

  test('several spans a week', () => {
    const week = parseWeek('Mon-Fri 09:00-12:00, Mon-Fri 13:00-17:00, Sat 10:00-14:00') ?? [];
    expect(due('2026-03-06T11:00:00Z', 2, week)).toBe('2026-03-06T14:00:00.000Z');
    expect(due('2026-03-06T16:30:00Z', 1, week)).toBe('2026-03-07T10:30:00.000Z');
  });

  test.each([
    '',
    'always',
    'Mon 9-17',
    'Mon 17:00-09:00',
    'Mon 09:00-25:00',
    'Mon 09:00-12:00, Mon 11:00-13:00',
  ])('refuses %s', (text) => expect(parseWeek(text)).toBeNull());
});
