import { expect, it } from 'vitest';
import { expiryOf } from '../../../functions/money/rewards/expiry.ts';
import type { Expiry, PeriodKind } from '../../../functions/money/rewards/types.ts';
import { joined } from './builders.ts';

const rows: [string, Expiry, PeriodKind, string, string | null][] = [
  ['never', 'never', 'year', '2020-07-06T10:00:00Z', null],
  [
    '6 months end with that month, in winter time',
    { months: 6 },
    'year',
    '2020-07-06T10:00:00Z',
    '2021-01-31T22:00:00Z',
  ],
  [
    '12 months end with that month, in summer time',
    { months: 12 },
    'year',
    '2020-07-06T10:00:00Z',
    '2021-07-31T21:00:00Z',
  ],
  ['one month from 31 January', { months: 1 }, 'year', '2026-01-31T10:00:00Z', '2026-02-28T22:00:00Z'],
  [
    'the month is that of business time',
    { months: 1 },
    'year',
    '2026-03-31T21:00:00Z',
    '2026-05-31T21:00:00Z',
  ],
  ['the end of the quarter', 'period-end', 'quarter', '2026-03-31T20:59:59Z', '2026-03-31T21:00:00Z'],
  [
    'the end of the membership year',
    'period-end',
    'membership-year',
    '2026-05-14T12:00:00Z',
    '2026-05-14T21:00:00Z',
  ],
  ['a lifetime has no end', 'period-end', 'lifetime', '2026-05-14T12:00:00Z', null],
];

it.each(rows)('%s', (_name, expires, period, datedAt, expected) => {
  const end = expiryOf({ expires, period }, Date.parse(datedAt), {
    timeZone: 'Europe/Kyiv',
    joiningDay: joined,
  });
  expect(end).toBe(expected === null ? null : Date.parse(expected));
});
