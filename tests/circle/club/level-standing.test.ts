import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Level } from '../../../functions/circle/club/level.ts';
import { numberAt, standingOf } from '../../../functions/circle/club/levels/standing-of.ts';
import { type LevelTerms, windowsAt } from '../../../functions/circle/club/levels/windows.ts';
import { addDays, dayOf, startOfDay } from '../../../functions/ground/platform/business-time.ts';

interface Purchase {
  day: string;
  minor: bigint;
}

const levels: Level[] = [0n, 100n, 300n, 700n].map((fromMinor, index) => ({
  key: `l${index}`,
  fromMinor,
  names: {},
}));
const reachedBy = (spend: bigint) => levels.filter(({ fromMinor }) => fromMinor <= spend).length;
const FIRST = '2019-01-01';

/** Day by day, as somebody with a calendar and a pencil would: what each year holds, and a fall on the day when grace is over. */
function walk(purchases: readonly Purchase[], terms: LevelTerms, until: string): number {
  const years = Array.from({ length: 12 }, (_, index) => {
    const after = (count: number) => addDays(`${2019 + index + count}-01-01`, terms.graceDays);
    return { first: `${2019 + index}-01-01`, graceOver: after(0), end: after(1), lost: after(2) };
  });
  let level = 1;
  for (let day = FIRST; day <= until; day = addDays(day, 1)) {
    const held = years.map(({ first, end, lost }) => {
      if (day < first || day >= lost) return 1;
      const counted = purchases.filter((one) => one.day >= first && one.day < end && one.day <= day);
      return reachedBy(counted.reduce((sum, { minor }) => sum + minor, 0n));
    });
    const reached = Math.max(...held);
    const isFalling = years.some(({ graceOver }) => graceOver === day);
    if (isFalling && terms.fall === 'reached') level = reached;
    else level = Math.max(reached, isFalling ? level - 1 : level, 1);
  }
  return level;
}

function standing(purchases: readonly Purchase[], terms: LevelTerms, timeZone: string, now: number) {
  const reckoning = { levels, terms, timeZone };
  const windows = windowsAt(terms, now, timeZone).map((window) => ({
    ...window,
    spendMinor: purchases
      .filter(({ day }) => {
        const at = startOfDay(day, timeZone);
        return window.from === null || (at >= window.from && at < (window.to ?? 0));
      })
      .reduce((sum, { minor }) => sum + minor, 0n),
  }));
  return { reckoning, windows, found: standingOf(reckoning, windows, now) };
}

const history = fc.record({
  purchases: fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 365 * 6 }).map((days) => addDays(FIRST, days)),
      minor: fc.bigInt({ min: 1n, max: 500n }),
    }),
    { maxLength: 14 },
  ),
  terms: fc.record({
    per: fc.constant('year' as const),
    fall: fc.constantFrom('reached' as const, 'one' as const),
    graceDays: fc.constantFrom(0, 1, 14, 90, 180),
  }),
  timeZone: fc.constantFrom('UTC', 'Europe/Kyiv', 'America/New_York'),
  today: fc.integer({ min: 366, max: 365 * 6 }).map((days) => addDays(FIRST, days)),
});

const at = (day: string, timeZone: string) => startOfDay(day, timeZone) + 3_600_000;

describe('a level by the year', () => {
  it('is what somebody with a calendar and a pencil says, whatever was bought when', () => {
    fc.assert(
      fc.property(history, ({ purchases, terms, timeZone, today }) => {
        const known = purchases.filter(({ day }) => day <= today);
        const { found } = standing(known, terms, timeZone, at(today, timeZone));
        expect(found.number).toBe(walk(known, terms, today));
      }),
      { numRuns: 250 },
    );
  });

  it('holds through the day it says, and falls on the next; what keeps it keeps it, and a cent less does not', () => {
    fc.assert(
      fc.property(history, ({ purchases, terms, timeZone, today }) => {
        const known = purchases.filter(({ day }) => day <= today);
        const now = at(today, timeZone);
        const { reckoning, windows, found } = standing(known, terms, timeZone, now);
        if (found.heldThrough === null) return;
        const end = addDays(found.heldThrough, 1);
        expect(numberAt(reckoning, windows, startOfDay(end, timeZone) - 1)).toBeGreaterThanOrEqual(
          found.number,
        );
        expect(numberAt(reckoning, windows, startOfDay(end, timeZone))).toBeLessThan(found.number);
        const { keep } = found;
        if (keep === null) return;
        expect([keep.by >= today, keep.by <= found.heldThrough, keep.missingMinor > 0n]).toEqual([
          true,
          true,
          true,
        ]);
        for (const day of [keep.by, keep.graceThrough ?? keep.by]) {
          const more = (minor: bigint) =>
            standing([...known, { day, minor }], terms, timeZone, startOfDay(end, timeZone)).found.number;
          expect(more(keep.missingMinor)).toBeGreaterThanOrEqual(found.number);
          if (keep.missingMinor > 1n) expect(more(keep.missingMinor - 1n)).toBeLessThan(found.number);
        }
        expect(keep.fallsTo.key).toBe(
          `l${standing(known, terms, timeZone, startOfDay(end, timeZone)).found.number - 1}`,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('never falls where all purchases ever count', () => {
    const terms: LevelTerms = { per: 'lifetime', fall: 'one', graceDays: 30 };
    const { found } = standing([{ day: '2019-03-01', minor: 320n }], terms, 'UTC', at('2029-01-01', 'UTC'));
    expect(found).toMatchObject({ number: 3, heldThrough: null, keep: null, because: { year: null } });
    expect(found.next).toMatchObject({ missingMinor: 380n });
  });

  it.each([
    [
      'in its year',
      '2026-12-05',
      {
        number: 3,
        heldThrough: '2027-01-14',
        keep: { missingMinor: 60n, by: '2026-12-31', graceThrough: '2027-01-14' },
      },
    ],
    [
      'on the last day of the year',
      '2026-12-31',
      { number: 3, keep: { by: '2026-12-31', missingMinor: 60n } },
    ],
    ['in the days of grace', '2027-01-03', { number: 3, keep: { by: '2027-01-14', graceThrough: null } }],
    ['when they are over', '2027-01-15', { number: 2, heldThrough: '2028-01-14' }],
  ])('is told %s', (_name, today, expected) => {
    const terms: LevelTerms = { per: 'year', fall: 'reached', graceDays: 14 };
    const bought = [
      { day: '2025-06-01', minor: 350n },
      { day: '2026-02-01', minor: 240n },
    ];
    expect(dayOf(at(today, 'Europe/Kyiv'), 'Europe/Kyiv')).toBe(today);
    expect(standing(bought, terms, 'Europe/Kyiv', at(today, 'Europe/Kyiv')).found).toMatchObject(expected);
  });
});
