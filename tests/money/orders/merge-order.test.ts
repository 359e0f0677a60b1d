import { expect, test } from 'vitest';
import { mergeOrder } from '../../../functions/money/orders/merge-order.ts';
import { type Order, type OrderDraft, sumLineId } from '../../../functions/money/orders/order.ts';
import { aDraft, aKeptOrder, aLine, anEvent, aRefund, march } from './builders.ts';

/** What a file says was given back of line 1 so far. */
const back = (minor: bigint) => ({ refundedByLine: new Map([['1', minor]]) });

test.each<[string, Partial<Order>, Partial<OrderDraft>]>([
  ['the same again', {}, {}],
  ['an event that is known, with another time', {}, { events: [anEvent({ at: march(9) })] }],
  ['less than is kept of shipping and tax: nothing', { shippingMinor: 450n, taxMinor: 100n }, {}],
  ['a sum of refunds that is known', { refunds: [aRefund(4000n)] }, back(4000n)],
  ['a smaller sum of refunds, which is older news', { refunds: [aRefund(4000n)] }, back(3000n)],
  ['no word of refunds', { refunds: [aRefund(4000n)] }, {}],
  ['a refund that is known by its id', { refunds: [aRefund(4000n)] }, { refunds: [aRefund(4000n)] }],
  ['another promise: the first stands', { promisedBy: '2026-03-10' }, { promisedBy: '2026-03-12' }],
])('changes nothing: %s', (_name, kept, told) => {
  expect(mergeOrder(aKeptOrder(kept), aDraft(told))).toEqual({ kind: 'unchanged' });
});

test.each<[string, Partial<Order>, Partial<OrderDraft>, Partial<Order>]>([
  ['shipping that was not known', {}, { shippingMinor: 450n }, { shippingMinor: 450n }],
  ['tax on top', {}, { taxMinor: 100n }, { taxMinor: 100n }],
  ['tax inside', {}, { taxIncludedMinor: 1597n }, { taxIncludedMinor: 1597n }],
  ['a promise', {}, { promisedBy: '2026-03-10' }, { promisedBy: '2026-03-10' }],
  [
    'an event',
    {},
    { events: [anEvent(), anEvent({ status: 'returned' })] },
    { events: [anEvent(), anEvent({ status: 'returned' })] },
  ],
  [
    'the same event id of another source',
    {},
    { events: [anEvent({ source: 'dhl' })] },
    { events: [anEvent(), anEvent({ source: 'dhl' })] },
  ],
  [
    'a refund by its id, beside the ones that are kept',
    { refunds: [aRefund(4000n)] },
    { refunds: [aRefund(1000n)] },
    { refunds: [aRefund(4000n), aRefund(1000n)] },
  ],
])('completes: %s', (_name, kept, told, after) => {
  expect(mergeOrder(aKeptOrder(kept), aDraft(told))).toMatchObject({
    kind: 'completed',
    order: after,
    hasNewLines: false,
  });
});

test.each<[string, Partial<Order>, Partial<OrderDraft>, string]>([
  ['currency', {}, { currency: 'USD' }, 'currency'],
  ['time', {}, { placedAt: march(2) }, 'placed_at'],
  ['total of a line', {}, { lines: [aLine({ totalMinor: 9000n })] }, 'line_total'],
  ['discount of a line', {}, { lines: [aLine({ discountMinor: 1n })] }, 'line_discount'],
  ['shipping', { shippingMinor: 450n }, { shippingMinor: 500n }, 'shipping'],
  ['shipping that is nothing now', { shippingMinor: 450n }, { shippingMinor: 0n }, 'shipping'],
  ['tax on top', { taxMinor: 100n }, { taxMinor: 200n }, 'tax'],
  ['tax inside', { taxIncludedMinor: 100n }, { taxIncludedMinor: 200n }, 'tax_included'],
])('contradicts: another %s', (_name, kept, told, column) => {
  expect(mergeOrder(aKeptOrder(kept), aDraft(told))).toMatchObject({ kind: 'contradicts', column });
});

test.each<[string, Partial<Order>, Partial<OrderDraft>, [amount: bigint, day: number]]>([
  ['the first sum of a file', {}, back(4000n), [4000n, 1]],
  ['what a larger sum says beyond what is kept', { refunds: [aRefund(4000n)] }, back(6000n), [2000n, 1]],
  [
    'beyond refunds that are named beside',
    {},
    { ...back(6000n), refunds: [aRefund(4000n, { refundId: 'named' })] },
    [2000n, 1],
  ],
  [
    'at the time of the latest state told',
    {},
    { ...back(4000n), events: [anEvent({ status: 'returned', at: march(8) })] },
    [4000n, 8],
  ],
  [
    'never before the order',
    {},
    { ...back(4000n), events: [anEvent({ at: { at: 0, day: null } })] },
    [4000n, 1],
  ],
])('a refund more: %s', (_name, kept, told, [amountMinor, day]) => {
  const merge = mergeOrder(aKeptOrder(kept), aDraft(told));
  if (merge.kind !== 'completed') throw new Error(merge.kind);
  expect(merge.newRefunds.at(-1)).toMatchObject({
    refundId: expect.stringMatching(/^file:1=/),
    at: march(day),
    lines: [{ lineId: '1', amountMinor }],
  });
});

const two = [aLine({ lineId: '1', sku: 'CD' }), aLine({ lineId: '2', sku: 'MUG', totalMinor: 5000n })];
const sum = [aLine({ lineId: sumLineId, totalMinor: 15_000n })];

test('items told of what was one sum take its place, and its refunds are shared out over them', () => {
  const kept = aKeptOrder({
    lines: sum,
    refunds: [aRefund(3000n, { lines: [{ lineId: sumLineId, amountMinor: 3000n }] })],
  });
  const merge = mergeOrder(kept, aDraft({ lines: two }));
  expect(merge).toMatchObject({
    kind: 'completed',
    hasNewLines: true,
    order: {
      lines: two,
      refunds: [
        {
          lines: [
            { lineId: '1', amountMinor: 2000n },
            { lineId: '2', amountMinor: 1000n },
          ],
        },
      ],
    },
  });
});

test('a sum told of items that are kept says nothing new, as long as it is theirs to the cent', () => {
  const kept = aKeptOrder({ lines: two });
  expect(mergeOrder(kept, aDraft({ lines: sum, refundedByLine: new Map() }))).toEqual({ kind: 'unchanged' });
  const other = [aLine({ lineId: sumLineId, totalMinor: 15_001n })];
  expect(mergeOrder(kept, aDraft({ lines: other, refundedByLine: new Map() }))).toMatchObject({
    kind: 'contradicts',
    column: 'line_total',
  });
});

test('a file that names lines by content means the lines as they were named before', () => {
  const kept = aKeptOrder({ lines: two.map((line) => ({ ...line, lineId: `sku-${line.sku}` })) });
  const merge = mergeOrder(kept, aDraft({ lines: two, refundedByLine: new Map([['2', 1000n]]) }));
  expect(merge).toMatchObject({
    kind: 'completed',
    newRefunds: [{ lines: [{ lineId: 'sku-MUG', amountMinor: 1000n }] }],
  });
});

test('goods that are no longer part of an order were given back whole', () => {
  const merge = mergeOrder(
    aKeptOrder({ lines: two, shippingMinor: 450n }),
    aDraft({
      lines: [aLine({ sku: 'CD' })],
      refundedByLine: new Map(),
      cancelledGoods: [{ sku: 'MUG', product: null }],
      shippingMinor: 300n,
    }),
  );
  expect(merge).toMatchObject({
    kind: 'completed',
    newRefunds: [{ lines: [{ lineId: '2', amountMinor: 5000n }] }],
    order: { shippingMinor: 450n },
  });
});
