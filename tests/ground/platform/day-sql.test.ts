import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../../../functions/ground/platform/business-time.ts';
import { dayInSql } from '../../../functions/ground/platform/day-sql.ts';
import { createTestContext } from '../../support/test-context.ts';

const zones = [
  'UTC',
  'Europe/Kyiv',
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Africa/Casablanca',
];
const HOUR_MS = 3_600_000;

/** Moments around midnights and changes of the clock come more often than their share. */
const moment = fc.oneof(
  fc.integer({ min: Date.UTC(1965, 0, 1), max: Date.UTC(2035, 11, 31) }),
  fc
    .tuple(fc.integer({ min: 0, max: 24_000 }), fc.integer({ min: -13, max: 13 }), fc.constantFrom(-1, 0, 1))
    .map(([day, hour, ms]) => day * 24 * HOUR_MS + hour * HOUR_MS + ms),
);

test('the day of a moment is the same in SQL as it is said elsewhere', async () => {
  const { db } = await createTestContext();
  const property = fc.asyncProperty(
    fc.constantFrom(...zones),
    fc.array(moment, { minLength: 1, maxLength: 50 }),
    async (timeZone, moments) => {
      const days = moments.map((at) => dayOf(at, timeZone));
      const span = { timeZone, from: days.toSorted()[0] ?? '', to: days.toSorted().at(-1) ?? '' };
      const sql = `SELECT ${dayInSql('value', span)} FROM json_each(?) ORDER BY key`;
      const rows = await db.read({ sql, args: [JSON.stringify(moments)] });
      expect(rows.flat()).toEqual(days);
    },
  );
  await fc.assert(property, { numRuns: 200, seed: Number(process.env.FC_SEED ?? Date.now() % 2 ** 31) });
});
