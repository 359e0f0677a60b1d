import { expect, it } from 'vitest';
import { hoursWords } from '../../functions/ground/formats/hours-words.ts';

it.each([
  ['a working week', 'Mon-Fri 09:00-17:00', 'Mon–Fri 09:00–17:00', 'пн–пт 09:00–17:00'],
  [
    'a short Saturday',
    'Mon-Fri 09:00-17:00, Sat 10:00-14:00',
    'Mon–Fri 09:00–17:00, Sat 10:00–14:00',
    'пн–пт 09:00–17:00, сб 10:00–14:00',
  ],
  [
    'a break at noon',
    'Tue 09:00-12:00, Tue 13:00-17:00',
    'Tue 09:00–12:00 13:00–17:00',
    'вт 09:00–12:00 13:00–17:00',
  ],
  [
    'a day off in between',
    'Mon 09:00-17:00, Wed 09:00-17:00',
    'Mon 09:00–17:00, Wed 09:00–17:00',
    'пн 09:00–17:00, ср 09:00–17:00',
  ],
])('tells %s in words of both languages', (_name, policy, english, ukrainian) => {
  expect(hoursWords(policy, 'en')).toBe(english);
  expect(hoursWords(policy, 'uk')).toBe(ukrainian);
});

it('tells nothing of hours that are none', () => {
  expect(hoursWords('whenever', 'en')).toBeNull();
});
