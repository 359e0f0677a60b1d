import { expect, test } from 'vitest';
import {
  monthDaysOf,
  monthDaysWithin,
  occasionIn,
  yearsTo,
} from '../../../functions/care/occasions/occasion-day.ts';

test.each([
  ['a plain day', 2027, '05-14', '2027-05-14'],
  ['29 February in a leap year', 2028, '02-29', '2028-02-29'],
  ['29 February in a common year', 2027, '02-29', '2027-03-01'],
  ['29 February in a year of a century', 2100, '02-29', '2100-03-01'],
  ['29 February in a year of four centuries', 2000, '02-29', '2000-02-29'],
  ['the last day of a year', 2027, '12-31', '2027-12-31'],
])('falls on: %s', (_name, year, monthDay, day) => {
  expect(occasionIn(year, monthDay)).toBe(day);
});

test.each([
  ['1 March of a common year has two', '2027-03-01', ['03-01', '02-29']],
  ['1 March of a leap year has one', '2028-03-01', ['03-01']],
  ['29 February has one', '2028-02-29', ['02-29']],
  ['28 February of a common year has one', '2027-02-28', ['02-28']],
])('%s', (_name, day, monthDays) => {
  expect(monthDaysOf(day)).toEqual(monthDays);
});

test('a span has each of its days once, over the end of a year', () => {
  expect(monthDaysWithin('2026-12-31', '2027-01-01')).toEqual([
    ['12-31', '2026-12-31'],
    ['01-01', '2027-01-01'],
  ]);
  expect(monthDaysWithin('2027-01-02', '2027-01-01')).toEqual([]);
});

test('counts years where the first is known', () => {
  expect(yearsTo('2027-03-01', 2016)).toBe(11);
  expect(yearsTo('2027-03-01', null)).toBe(null);
});
