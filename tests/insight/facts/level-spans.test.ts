import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../functions/ground/platform/calendar.ts';
import { levelOf, type PraiseDays } from '../../../functions/insight/facts/level.ts';
import { levelSpans, type Praise, praiseSpans } from '../../../functions/insight/facts/level-spans.ts';

const shown = (
  days: { firstOn: string | null; secondOn: string | null },
  praises: readonly Praise[],
): string[] =>
  levelSpans(days, praiseSpans(praises)).map(
    ({ from, until, level, before, cause }) => `${from} ${until} ${before} ${level} ${cause}`,
  );

test.each<[string, string | null, string | null, Praise[], string[]]>([
  ['no order', null, null, [{ kind: 'quote', day: '2026-01-01' }], []],
  ['one order', '2026-01-05', null, [], ['2026-01-05 null null first order']],
  [
    'two orders',
    '2026-01-05',
    '2026-02-01',
    [],
    ['2026-01-05 2026-02-01 null first order', '2026-02-01 null first repeat order'],
  ],
  ['two orders on one day', '2026-01-05', '2026-01-05', [], ['2026-01-05 null null repeat order']],
  [
    'praise before the first order',
    '2026-01-05',
    null,
    [{ kind: 'quote', day: '2025-12-01' }],
    ['2026-01-05 2026-12-01 null advocate quote', '2026-12-01 null advocate first ended'],
  ],
  [
    'praise too old by the first order',
    '2026-01-05',
    null,
    [{ kind: 'quote', day: '2025-01-05' }],
    ['2026-01-05 null null first order'],
  ],
  [
    'a second order while praise holds',
    '2025-01-01',
    '2025-06-01',
    [{ kind: 'friend', day: '2025-03-01' }],
    [
      '2025-01-01 2025-03-01 null first order',
      '2025-03-01 2026-03-01 first advocate friend',
      '2026-03-01 null advocate repeat ended',
    ],
  ],
  [
    'praise on the day on which the last becomes too old',
    '2024-01-01',
    null,
    [
      { kind: 'quote', day: '2025-01-01' },
      { kind: 'friend', day: '2024-01-02' },
    ],
    [
      '2024-01-01 2024-01-02 null first order',
      '2024-01-02 2026-01-01 first advocate friend',
      '2026-01-01 null advocate first ended',
    ],
  ],
  [
    'two kinds of praise on one day',
    '2026-01-01',
    null,
    [
      { kind: 'recommendation', day: '2026-01-01' },
      { kind: 'quote', day: '2026-01-01' },
    ],
    ['2026-01-01 2027-01-01 null advocate quote', '2027-01-01 null advocate first ended'],
  ],
])('the levels of %s', (_what, firstOn, secondOn, praises, expected) => {
  expect(shown({ firstOn, secondOn }, praises)).toEqual(expected);
});

const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2023-01-01', days));
const praise = fc.record({ kind: fc.constantFrom('friend', 'quote', 'recommendation'), day });

test('on each day the level is the one that the facts of that day have', () => {
  fc.assert(
    fc.property(
      fc.array(day, { maxLength: 3 }),
      fc.array(praise, { maxLength: 6 }),
      day,
      (orders, praises, today) => {
        const [firstOn = null, secondOn = null] = orders.toSorted();
        const spans = levelSpans({ firstOn, secondOn }, praiseSpans(praises));
        const found = spans.find(({ from, until }) => from <= today && (until === null || today < until));
        const until = praises.filter((known) => known.day <= today);
        const last = (kind: string) =>
          until
            .filter((known) => known.kind === kind)
            .map((known) => known.day)
            .toSorted()
            .at(-1) ?? null;
        const praised: PraiseDays = {
          friend: last('friend'),
          quote: last('quote'),
          recommendation: last('recommendation'),
        };
        const orderCount = orders.filter((placed) => placed <= today).length;
        expect(found?.level).toBe(levelOf({ orderCount, praised }, today)?.level);
      },
    ),
  );
});
