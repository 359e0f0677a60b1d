import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWeek, weekText } from '../../functions/ground/platform/business-hours.ts';
import { type DayRow, daysOfForm, readRows, toPolicy, toRows } from '../../src/opening-hours.ts';

const formOf = (rows: readonly DayRow[]) =>
  new Map(
    rows.flatMap(({ day, choice, times }) => [
      [`hours_${day}`, choice] as const,
      ...Object.entries(times).map(([field, value]) => [`${field}_${day}`, value] as const),
    ]),
  );
const sent = (fields: Record<string, string>) => toPolicy(readRows(new Map(Object.entries(fields))));

test.each([
  'Mon-Fri 09:00-17:00',
  'Mon-Fri 09:00-17:00, Sat 10:00-14:00',
  'Mon 09:00-12:00, Mon 13:00-24:00, Sun 00:00-24:00',
  'Mon-Sun 08:00-12:00, Mon-Sun 13:30-18:00',
  'Tue-Thu 22:00-24:00',
])('%s comes out of its form as it went in', (policy) => {
  const rows = toRows(policy) ?? [];
  expect(toPolicy(readRows(formOf(rows)))).toEqual({ text: policy, flaws: new Map() });
});

test('whatever week is kept means the same once its form was sent', () => {
  const edges = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 4, maxLength: 4 });
  const day = fc.tuple(edges, fc.integer({ min: 0, max: 2 })).map(([times, count]) => {
    const [a = 0, b = 0, c = 0, d = 0] = times.toSorted((x, y) => x - y);
    const spans: [number, number][] = [
      [a, b],
      [c, d],
    ];
    return spans.slice(0, count);
  });
  fc.assert(
    fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), (week) => {
      fc.pre(week.some((spans) => spans.length > 0));
      expect(parseWeek(weekText(week))).toEqual(week);
      expect(parseWeek(toPolicy(readRows(formOf(toRows(weekText(week)) ?? []))).text)).toEqual(week);
    }),
  );
});

test.each<[string, Record<string, string>, string, [string, string][]]>([
  [
    'as Monday',
    { hours_mon: 'open', from_mon: '9', to_mon: '17.30', hours_tue: 'as_monday' },
    'Mon-Tue 09:00-17:30',
    [],
  ],
  [
    'as a closed Monday',
    { hours_mon: 'closed', hours_tue: 'as_monday', hours_wed: 'open', from_wed: '10:00', to_wed: '00:00' },
    'Wed 10:00-24:00',
    [],
  ],
  [
    'times of a closed day',
    { hours_mon: 'open', from_mon: '09:00', to_mon: '10:00', hours_tue: 'closed', from_tue: 'x' },
    'Mon 09:00-10:00',
    [],
  ],
  ['no day', {}, '', []],
  ['no times', { hours_mon: 'open' }, '', [['mon', 'unread']]],
  [
    'half a break',
    { hours_mon: 'open', from_mon: '09:00', to_mon: '12:00', from2_mon: '13:00' },
    '',
    [['mon', 'unread']],
  ],
  ['an early end', { hours_sun: 'open', from_sun: '10:00', to_sun: '10:00' }, '', [['sun', 'backwards']]],
  [
    'a break that is none',
    { hours_mon: 'open', from_mon: '09:00', to_mon: '13:00', from2_mon: '12:59', to2_mon: '17:00' },
    '',
    [['mon', 'overlap']],
  ],
  [
    'two wrong days',
    { hours_mon: 'open', from_mon: '25', to_mon: '26', hours_tue: 'open', from_tue: '17:00', to_tue: '9:00' },
    '',
    [
      ['mon', 'unread'],
      ['tue', 'backwards'],
    ],
  ],
])('a form with %s is read', (_, fields, text, flaws) => {
  expect(sent(fields)).toEqual({ text, flaws: new Map(flaws) });
});

test('a day that no form can show is left to text', () => {
  expect(toRows('Mon 08:00-09:00, Mon 10:00-11:00, Mon 12:00-13:00')).toBeNull();
  expect(toRows('Mon-Fri 09:00-17:00')?.map(({ choice }) => choice)).toEqual([
    'open',
    ...daysOfForm.slice(1, 5).map(() => 'as_monday'),
    'closed',
    'closed',
  ]);
});
