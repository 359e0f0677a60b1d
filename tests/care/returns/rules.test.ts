import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listReturnable, worthOf } from '../../../functions/care/returns/eligibility.ts';
import { splitReturn } from '../../../functions/care/returns/split.ts';
import { mayBecome, type ReturnState, returnStates } from '../../../functions/care/returns/state.ts';
import { bonusBps, readTerms, writeTerms } from '../../../functions/care/returns/terms.ts';
import { smallerOf } from '../../../functions/ground/platform/money.ts';

const march = (day: number) => ({ at: Date.UTC(2026, 2, day, 22), day: null });

function aLine(more: Partial<Parameters<typeof listReturnable>[0]['order']['lines'][number]> = {}) {
  return {
    ...{ lineId: '1', sku: null, product: 'Kettle', category: 'Kettles', quantityMilli: 3000 },
    ...{ totalMinor: 3000n, discountMinor: 0n, isGiftCard: false, ...more },
  };
}

type Events = Parameters<typeof listReturnable>[0]['order']['events'];

function seen(
  more: { events?: Events; [name: string]: unknown } = {},
  line: Parameters<typeof aLine>[0] = {},
) {
  const terms = readTerms(
    writeTerms({
      days: 14,
      rules: [
        { categories: ['gifts'], days: null },
        { levels: ['advocate'], days: 60 },
        { categories: ['Tea'], levels: ['first'], days: 3 },
      ],
    }),
  );
  if (terms === null) throw new Error('terms are terms');
  const state = { isCancelled: false, refundedByLine: new Map<string, bigint>() };
  const { events = [came(march(1))], ...rest } = more;
  const about = {
    ...{
      order: { lines: [aLine(line)], events },
      state,
      terms,
      level: null,
      taken: new Map<string, number>(),
    },
    ...{ today: '2026-03-10', timeZone: 'Europe/Kyiv', ...rest },
  };
  const [found] = listReturnable(about);
  return [found?.reason, found?.until];
}

function came(
  at: { at: number; day: string | null },
  { parcel = null, status = 'delivered' }: Partial<Pick<Events[number], 'parcel' | 'status'>> = {},
): Events[number] {
  const nothing = { note: null, carrier: null, trackingNumber: null, trackingUrl: null };
  return { ...nothing, source: 'dhl', eventId: `${parcel} ${status} ${at.at}`, status, at, parcel };
}

test.each<[string, ReturnType<typeof seen>, ReturnType<typeof seen>]>([
  // 22:00 in UTC is the next day in Kyiv.
  ['within its days, counted in business time', seen(), [null, '2026-03-16']],
  ['on the last day', seen({ today: '2026-03-16' }), [null, '2026-03-16']],
  ['on the day after', seen({ today: '2026-03-17' }), ['too_late', '2026-03-16']],
  [
    'by the bare day of its delivery',
    seen({ events: [came({ at: 0, day: '2026-03-01' })] }),
    [null, '2026-03-15'],
  ],
  ['before it is delivered', seen({ events: [] }), ['not_delivered', null]],
  [
    'from the last of its parcels on, each by when it came first',
    seen({
      events: [
        ...[came(march(1), { parcel: 'a' }), came(march(4), { parcel: 'b' })],
        ...[came(march(9), { parcel: 'b' }), came(march(9), { parcel: 'c', status: 'returned' })],
      ],
    }),
    [null, '2026-03-19'],
  ],
  [
    'while a parcel is under way',
    seen({ events: [came(march(1), { parcel: 'a' }), came(march(1), { parcel: 'b', status: 'shipped' })] }),
    ['not_delivered', null],
  ],
  [
    'delivered whole, as its shop told of no parcel',
    seen({ events: [came(march(1), { parcel: 'b', status: 'shipped' }), came(march(2))] }),
    [null, '2026-03-17'],
  ],
  ['of a category that never goes back, in any letters', seen({}, { category: 'GIFTS' }), ['never', null]],
  ['for longer, by level', seen({ level: 'advocate', today: '2026-04-30' }), [null, '2026-05-01']],
  ['by category and level, both', seen({ level: 'first' }, { category: 'Tea' }), ['too_late', '2026-03-05']],
  ['of that category at another level', seen({ level: 'repeat' }, { category: 'Tea' }), [null, '2026-03-16']],
  ['a gift card', seen({}, { isGiftCard: true }), ['gift_card', '2026-03-16']],
  ['all of it in other returns', seen({ taken: new Map([['1', 3000]]) }), ['all_back', '2026-03-16']],
  ['some of it in other returns', seen({ taken: new Map([['1', 2000]]) }), [null, '2026-03-16']],
  [
    'refunded whole by hand',
    seen({ state: { isCancelled: false, refundedByLine: new Map([['1', 3000n]]) } }),
    ['all_back', '2026-03-16'],
  ],
  [
    'of a cancelled order',
    seen({ state: { isCancelled: true, refundedByLine: new Map() } }),
    ['cancelled', '2026-03-16'],
  ],
  ['while nothing is offered', seen({ terms: readTerms(writeTerms({})) }), ['not_offered', null]],
])('a line goes back, or says why not: %s', (_name, found, expected) => {
  expect(found).toEqual(expected);
});

test.each([
  ['a text that is no JSON', 'days: 3'],
  ['days below nothing', '{"days":-1}'],
  ['half a day', '{"days":1.5}'],
  ['a key that is unknown', '{"day":1}'],
  ['no outcome', '{"outcomes":[]}'],
  ['a bonus of more than half', '{"creditBonus":"51"}'],
  ['a level that is none', '{"rules":[{"levels":["gold"],"days":1}]}'],
])('terms are refused: %s', (_name, text) => {
  expect(readTerms(text)).toBe(null);
});

test('per cents are whole basis points', () => {
  expect(['0', '5', '7.5', '10.25'].map((creditBonus) => bonusBps({ creditBonus }))).toEqual([
    0n,
    500n,
    750n,
    1025n,
  ]);
});

const price = fc.bigInt({ min: 0n, max: 10_000_000n });

test('what comes back in parts comes back whole, to the cent, and never more than was paid', () => {
  fc.assert(
    fc.property(
      price,
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 }),
      (paid, parts) => {
        const quantityMilli = parts.reduce((sum, part) => sum + part, 0);
        const line = { quantityMilli, totalMinor: paid, discountMinor: 0n };
        let [takenMilli, back] = [0, 0n];
        for (const milli of parts) {
          back += worthOf(line, { takenMilli, milli, leftMinor: paid - back });
          takenMilli += milli;
        }
        expect(back).toBe(paid);
      },
    ),
  );
});

test('what vouchers paid comes back in proportion: parts add up, and nobody gets more than was paid', () => {
  const outcomes = fc.constantFrom('refund' as const, 'credit' as const);
  const kept = fc.constantFrom('credit' as const, 'lost' as const);
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { minLength: 1, maxLength: 6 }),
      price,
      outcomes,
      kept,
      (parts, voucher, outcome, vouchers) => {
        const paidMinor = parts.reduce((sum, part) => sum + part, 0n);
        const voucherPaidMinor = smallerOf(voucher, paidMinor);
        let [beforeMinor, byVoucher, rest] = [0n, 0n, 0n];
        for (const worthMinor of parts) {
          const terms = { creditBonus: '10', vouchers };
          const about = { outcome, terms, worthMinor, paidMinor, voucherPaidMinor, beforeMinor };
          const split = splitReturn(about);
          beforeMinor += worthMinor;
          byVoucher += split.voucherMinor;
          rest += worthMinor - split.voucherMinor;
          const own =
            split.creditMinor - split.bonusMinor - (vouchers === 'credit' ? split.voucherMinor : 0n);
          expect(split.moneyMinor + own).toBe(worthMinor - split.voucherMinor);
          expect(split.bonusMinor).toBe(
            outcome === 'credit' ? ((worthMinor - split.voucherMinor) * 1000n) / 10_000n : 0n,
          );
        }
        expect([byVoucher, rest]).toEqual([voucherPaidMinor, paidMinor - voucherPaidMinor]);
      },
    ),
  );
});

test('a return moves on, never back, and ends', () => {
  const ends: ReturnState[] = ['settled', 'refused', 'withdrawn'];
  for (const end of ends) for (const next of returnStates) expect(mayBecome(end, next)).toBe(false);
  expect(returnStates.filter((next) => mayBecome('received', next))).toEqual(['settled', 'refused']);
  expect(mayBecome('received', 'withdrawn')).toBe(false);
});
