import { expect, test } from 'vitest';
import { factsOf, latestOf, spendOf, stateOf } from '../../../functions/money/orders/order-state.ts';
import { eventStatuses } from '../../../functions/money/orders/statuses.ts';
import { aKeptOrder, aLine, anEvent, aRefund, march } from './builders.ts';

const at = (status: (typeof eventStatuses)[number], day: number) => anEvent({ status, at: march(day) });
const day = (moment: { at: number } | null) => (moment === null ? null : new Date(moment.at).getUTCDate());

test.each<[string, Parameters<typeof aKeptOrder>[0], { status: string; statusAt: number }]>([
  ['nothing told', { events: [] }, { status: 'placed', statusAt: 1 }],
  ['one event', { events: [at('shipped', 3)] }, { status: 'shipped', statusAt: 3 }],
  [
    'events that arrived out of order',
    { events: [at('delivered', 4), at('packed', 2), at('shipped', 3)] },
    { status: 'delivered', statusAt: 4 },
  ],
  [
    'an older state told after delivery',
    { events: [at('delivered', 4), at('delayed', 3)] },
    { status: 'delivered', statusAt: 4 },
  ],
  [
    'a return after delivery',
    { events: [at('delivered', 4), at('return_requested', 6)] },
    { status: 'return_requested', statusAt: 6 },
  ],
  [
    'two states of one moment: the one further on',
    { events: [at('delivered', 4), at('shipped', 4)] },
    { status: 'delivered', statusAt: 4 },
  ],
  [
    'the same, told the other way round',
    { events: [at('shipped', 4), at('delivered', 4)] },
    { status: 'delivered', statusAt: 4 },
  ],
  [
    'part given back',
    { events: [at('delivered', 4)], refunds: [aRefund(4000n)] },
    { status: 'partly_refunded', statusAt: 5 },
  ],
  [
    'all given back at once',
    { events: [at('delivered', 4)], refunds: [aRefund(10_000n)] },
    { status: 'refunded', statusAt: 5 },
  ],
  [
    'all given back in two parts: at the later of them',
    {
      events: [at('delivered', 4)],
      refunds: [aRefund(6000n, { at: march(8) }), aRefund(4000n, { at: march(6) })],
    },
    { status: 'refunded', statusAt: 8 },
  ],
  [
    'a refund before the goods arrive',
    { events: [at('delivered', 7)], refunds: [aRefund(4000n)] },
    { status: 'delivered', statusAt: 7 },
  ],
  [
    'a refund at the very moment of an event: what refunds say is further on',
    { events: [at('returned', 5)], refunds: [aRefund(4000n)] },
    { status: 'partly_refunded', statusAt: 5 },
  ],
  [
    'what was paid is what discounts left: all of that back is refunded',
    { lines: [aLine({ discountMinor: 2000n })], refunds: [aRefund(8000n)] },
    { status: 'refunded', statusAt: 5 },
  ],
])('the state shown: %s', (_name, parts, { status, statusAt }) => {
  const state = stateOf(aKeptOrder(parts));
  expect([state.status, day(state.statusAt)]).toEqual([status, statusAt]);
});

test.each<[string, Parameters<typeof anEvent>[0][], { isCancelled: boolean; isHeld: boolean }]>([
  ['nothing of it', [], { isCancelled: false, isHeld: false }],
  ['a hold', [at('on_hold', 2)], { isCancelled: false, isHeld: true }],
  ['a hold that was released', [at('on_hold', 2), at('released', 3)], { isCancelled: false, isHeld: false }],
  ['a release that was late', [at('released', 2), at('on_hold', 3)], { isCancelled: false, isHeld: true }],
  ['both at one moment', [at('released', 2), at('on_hold', 2)], { isCancelled: false, isHeld: false }],
  ['delivery does not release', [at('on_hold', 2), at('delivered', 3)], { isCancelled: false, isHeld: true }],
  ['cancelled', [at('cancelled', 2)], { isCancelled: true, isHeld: false }],
  [
    'cancelled is final, whatever follows',
    [at('cancelled', 2), at('delivered', 3)],
    { isCancelled: true, isHeld: false },
  ],
])('cancelled and held: %s', (_name, told, expected) => {
  const { isCancelled, isHeld } = stateOf(aKeptOrder({ events: told.map((one) => anEvent(one)) }));
  expect({ isCancelled, isHeld }).toEqual(expected);
});

test('several parcels: delivered is the first of them', () => {
  const order = aKeptOrder({ events: [at('delivered', 6), at('delivered', 4), at('shipped', 2)] });
  expect(day(stateOf(order).deliveredAt)).toBe(4);
  expect(stateOf(aKeptOrder({ events: [at('shipped', 2)] })).deliveredAt).toBeNull();
});

test('sums are of all lines, and refunds of each', () => {
  const state = stateOf(
    aKeptOrder({
      lines: [aLine({ discountMinor: 500n }), aLine({ lineId: '2', totalMinor: 2500n })],
      refunds: [
        aRefund(1000n),
        aRefund(700n, {
          lines: [
            { lineId: '1', amountMinor: 200n },
            { lineId: '2', amountMinor: 500n },
          ],
        }),
      ],
    }),
  );
  expect([state.totalMinor, state.discountMinor, state.refundedMinor]).toEqual([12_500n, 500n, 1700n]);
  expect([...state.refundedByLine]).toEqual([
    ['1', 1200n],
    ['2', 500n],
  ]);
  expect(spendOf(state)).toBe(10_300n);
});

test('what is cancelled is no spend, not even what was given back of it', () => {
  const order = aKeptOrder({ events: [at('cancelled', 2)], refunds: [aRefund(4000n)] });
  expect(spendOf(stateOf(order))).toBe(0n);
});

test('the rewards are told of gift cards, refunds per line, shipping, tax and what credit paid', () => {
  const order = aKeptOrder({
    shippingMinor: 450n,
    taxMinor: null,
    taxIncludedMinor: 1597n,
    lines: [aLine({ sku: 'CD', category: 'Music' }), aLine({ lineId: '2', isGiftCard: true })],
    refunds: [aRefund(4000n)],
  });
  expect(factsOf(order, stateOf(order), 250n)).toMatchObject({
    shipping: 450n,
    tax: 0n,
    voucherPaid: 250n,
    placedAt: march(1).at,
    deliveredAt: march(1).at,
    lines: [
      { id: '1', sku: 'CD', category: 'Music', refunded: 4000n, isGiftCard: false },
      { id: '2', refunded: 0n, isGiftCard: true },
    ],
  });
});

test('ties go by the order of the states, whichever two they are', () => {
  for (const [index, later] of eventStatuses.entries()) {
    for (const earlier of eventStatuses.slice(0, index)) {
      const both = [at(later, 2), at(earlier, 2)];
      expect([latestOf(both)?.status, latestOf(both.toReversed())?.status]).toEqual([later, later]);
    }
  }
});
