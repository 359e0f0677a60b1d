import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayNumber } from '../../../functions/ground/platform/calendar.ts';
import { periodNames, readPeriod, type Stretch } from '../../../functions/ground/platform/period.ts';

const rows: [name: string, today: string, since: string, before: Stretch][] = [
  ['today', '2026-03-01', '2026-03-01', { since: '2026-02-28', until: '2026-02-28' }],
  ['week', '2026-03-01', '2026-02-23', { since: '2026-02-16', until: '2026-02-22' }],
  ['week', '2026-03-02', '2026-03-02', { since: '2026-02-23', until: '2026-02-23' }],
  ['month', '2026-03-05', '2026-03-01', { since: '2026-02-01', until: '2026-02-05' }],
  ['month', '2026-03-31', '2026-03-01', { since: '2026-02-01', until: '2026-02-28' }],
  ['month', '2026-01-31', '2026-01-01', { since: '2025-12-01', until: '2025-12-31' }],
  ['quarter', '2026-05-15', '2026-04-01', { since: '2026-01-01', until: '2026-02-14' }],
  ['quarter', '2026-03-31', '2026-01-01', { since: '2025-10-01', until: '2025-12-29' }],
  ['year', '2024-12-31', '2024-01-01', { since: '2023-01-01', until: '2023-12-31' }],
  ['year', '2026-03-01', '2026-01-01', { since: '2025-01-01', until: '2025-03-01' }],
];

test.each(rows)('%s on %s begins on %s, beside as many days before', (period, today, since, before) => {
  const read = readPeriod({ period, since: '', until: '' }, today);
  expect(read).toMatchObject({ name: period, since, until: today, before });
});

test('days are those that were asked for, beside the same number before', () => {
  const asked = { period: 'days', since: '2026-02-10', until: '2026-02-19' };
  expect(readPeriod(asked, '2026-03-01')).toMatchObject({
    name: 'days',
    since: '2026-02-10',
    until: '2026-02-19',
    before: { since: '2026-01-31', until: '2026-02-09' },
  });
  expect(readPeriod({ ...asked, period: '' }, '2026-03-01').name).toBe('days');
});

test.each([
  ['2026-02-30', '2026-03-01'],
  ['2026-03-02', '2026-03-01'],
  ['2020-01-01', '2026-03-01'],
  ['much', ''],
  ['', ''],
])('days from %s to %s mean the month', (since, until) => {
  expect(readPeriod({ period: 'days', since, until }, '2026-03-05').name).toBe('month');
});

test('the parts of any period are all of its days, each once', () => {
  const day = fc
    .integer({ min: dayNumber('2000-01-01'), max: dayNumber('2030-01-01') })
    .map((n) => addDays('1970-01-01', n));
  fc.assert(
    fc.property(
      fc.constantFrom(...periodNames),
      day,
      fc.integer({ min: 0, max: 1000 }),
      (period, today, length) => {
        const read = readPeriod({ period, since: addDays(today, -length), until: today }, today);
        for (const [whole, parts] of [
          [read, read.parts] as const,
          [read.before, read.partsBefore] as const,
        ]) {
          expect(parts[0]?.since).toBe(whole.since);
          expect(parts.at(-1)?.until).toBe(whole.until);
          for (const [at, part] of parts.entries()) {
            expect(part.since <= part.until).toBe(true);
            if (at > 0) expect(part.since).toBe(addDays(parts[at - 1]?.until ?? '', 1));
          }
        }
        expect(addDays(read.before.until, 1) <= read.since).toBe(true);
      },
    ),
  );
});
