import { expect, test } from 'vitest';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import type { Order } from '../../../functions/money/orders/order.ts';
import {
  addEvent,
  additionHistory,
  addRefund,
  withAddition,
  withdrawEvents,
} from '../../../functions/money/orders/order-addition.ts';
import type { OrderEventInput, RefundInput } from '../../../functions/money/orders/schema.ts';
import { aKeptOrder, aLine, anEvent, aRefund, march } from './builders.ts';

/** 40.00 EUR of line 1, on 6 March. */
function aToldRefund(parts: Partial<RefundInput> = {}): RefundInput {
  const lines = [{ line: '1', amount: 4_000n }];
  return { id: 'r1', at: march(6).at, reason: 'broken', currency: 'EUR', lines, ...parts };
}

const line = (name: string, amount: bigint) => ({ line: name, amount });

function refused(work: () => unknown): [code: string, path: string | undefined, reason: string | undefined] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [first] = error.errors ?? [];
    return [error.code, first?.path, first?.code];
  }
  throw new Error('it was not refused');
}

test.each<[string, Partial<Order>, Partial<RefundInput>]>([
  ['all of a line', {}, { lines: [line('1', 10_000n)] }],
  [
    'all that a discount left of it',
    { lines: [aLine({ discountMinor: 500n })] },
    { lines: [line('1', 9_500n)] },
  ],
  ['all that earlier refunds left of it', { refunds: [aRefund(4_000n)] }, { lines: [line('1', 6_000n)] }],
  [
    'each of two lines up to its own price',
    { lines: [aLine(), aLine({ lineId: '2', totalMinor: 500n })] },
    { lines: [line('1', 10_000n), line('2', 500n)] },
  ],
])('a refund gives back %s', (_name, kept, told) => {
  const refund = aToldRefund(told);
  expect(addRefund(aKeptOrder(kept), refund)).toEqual({
    refund: {
      refundId: 'r1',
      at: march(6),
      reason: 'broken',
      lines: refund.lines.map((one) => ({ lineId: one.line, amountMinor: one.amount })),
    },
  });
});

test.each<[string, Partial<Order>, Partial<RefundInput>, ReturnType<typeof refused>]>([
  [
    'a cent more than a line',
    {},
    { lines: [line('1', 10_001n)] },
    ['refund_exceeds_line', undefined, undefined],
  ],
  [
    'a cent more than a discount left of it',
    { lines: [aLine({ discountMinor: 500n })] },
    { lines: [line('1', 9_501n)] },
    ['refund_exceeds_line', undefined, undefined],
  ],
  [
    'a cent more than earlier refunds left of it',
    { refunds: [aRefund(4_000n)] },
    { lines: [line('1', 6_001n)] },
    ['refund_exceeds_line', undefined, undefined],
  ],
  [
    'of one line what another has left',
    { lines: [aLine(), aLine({ lineId: '2', totalMinor: 500n })] },
    { lines: [line('1', 1n), line('2', 501n)] },
    ['refund_exceeds_line', undefined, undefined],
  ],
  [
    'of a line that the order does not have',
    {},
    { lines: [line('1', 1n), line('2', 1n)] },
    ['validation_failed', 'lines.1.line', 'unknown_line'],
  ],
  [
    'in another currency',
    {},
    { currency: 'USD' },
    ['validation_failed', 'lines.0.amount.currency', 'other_currency'],
  ],
])('a refund is refused: %s', (_name, kept, told, expected) => {
  expect(refused(() => addRefund(aKeptOrder(kept), aToldRefund(told)))).toEqual(expected);
});

test('a refusal says how much of the line is left, or what the currency has to be', () => {
  const order = aKeptOrder({ refunds: [aRefund(4_000n)] });
  expect(() => addRefund(order, aToldRefund({ lines: [line('1', 6_001n)] }))).toThrow(
    'The refund of line 1 is 6001 minor units, but only 6000 of its price are left.',
  );
  expect(() => addRefund(order, aToldRefund({ currency: 'USD' }))).toThrow('has to be EUR');
  expect(() => addRefund(order, aToldRefund({ lines: [line('9', 1n)] }))).toThrow(
    'is not a line of this order',
  );
});

test('a refund of the same id counts once, whatever it says', () => {
  const order = aKeptOrder({ refunds: [aRefund(4_000n, { refundId: 'r1' })] });
  expect(addRefund(order, aToldRefund({ currency: 'USD', lines: [line('9', 99_999n)] }))).toBeNull();
  expect(addRefund(order, aToldRefund({ id: 'r2' }))).toMatchObject({ refund: { refundId: 'r2' } });
});

/** What a carrier tells on 6 March. */
function aToldEvent(parts: Partial<OrderEventInput> = {}): OrderEventInput {
  const { eventId, at, ...rest } = anEvent({ source: 'dhl', status: 'shipped', carrier: 'DHL' });
  return { ...rest, id: 'e1', at: march(6).at, ...parts };
}

test.each<[string, Partial<OrderEventInput>, boolean]>([
  ['the same source and id', {}, false],
  ['the same, with another state and time', { status: 'delivered', at: march(9).at }, false],
  ['another id of that source', { id: 'e2' }, true],
  ['that id of another source', { source: 'ups' }, true],
])('an event counts once: %s', (_name, told, isNew) => {
  const order = aKeptOrder({ events: [anEvent(), anEvent({ source: 'dhl', eventId: 'e1' })] });
  expect(addEvent(order, aToldEvent(told)) !== null).toBe(isNew);
});

test('an event is added with all that is told of it, at its time', () => {
  const event = anEvent({ source: 'dhl', eventId: 'e1', status: 'shipped', at: march(6), carrier: 'DHL' });
  expect(addEvent(aKeptOrder(), aToldEvent())).toEqual({ event });
});

test('what is added stands after what was there, and says when it happened', () => {
  const order = aKeptOrder({ refunds: [aRefund(1_000n)] });
  const [event, refund] = [anEvent({ status: 'returned', at: march(7) }), aRefund(4_000n, { at: march(8) })];
  expect(withAddition(order, { event })).toEqual({
    order: { ...order, events: [anEvent(), event] },
    events: [event],
    refunds: [],
    at: march(7).at,
  });
  expect(withAddition(order, { refund })).toEqual({
    order: { ...order, refunds: [aRefund(1_000n), refund] },
    events: [],
    refunds: [refund],
    at: march(8).at,
  });
});

const [delivered, byDhl] = [
  anEvent({ at: march(2) }),
  anEvent({ source: 'dhl', eventId: 'e1', status: 'shipped', at: march(3) }),
];

test.each<[string, { source: string; eventId: string }, typeof byDhl | null]>([
  ['the one of that source and id', { source: 'dhl', eventId: 'e1' }, byDhl],
  ['none of another source', { source: 'ups', eventId: 'e1' }, null],
  ['none of another id', { source: 'dhl', eventId: 'e2' }, null],
])('of the events of an order, %s is taken back', (_name, which, event) => {
  const order = aKeptOrder({ events: [delivered, byDhl] });
  const { source, eventId } = which;
  expect(withdrawEvents(order, { source, eventIds: [eventId] }, march(9).at)).toEqual(
    event === null ? null : { withdrawn: [event], at: march(9).at },
  );
});

test('what is taken back is gone from the order, with nothing new of it, at the moment of taking back', () => {
  const order = aKeptOrder({ events: [delivered, byDhl] });
  expect(withAddition(order, { withdrawn: [byDhl], at: march(9).at })).toEqual({
    order: { ...order, events: [delivered] },
    events: [],
    refunds: [],
    at: march(9).at,
  });
  expect(additionHistory(order, { withdrawn: [byDhl], at: march(9).at })).toEqual({
    kind: 'order_event_withdrawn',
    orderId: 'order',
    detail: { source: 'till', number: 'A-1', status: 'shipped' },
  });
});

test('the history names the order, and the state or the refund', () => {
  const about = { source: 'till', number: 'A-1' };
  expect(additionHistory(aKeptOrder(), { event: anEvent({ status: 'shipped' }) })).toEqual({
    kind: 'order_event',
    orderId: 'order',
    detail: { ...about, status: 'shipped' },
  });
  expect(additionHistory(aKeptOrder(), { refund: aRefund(4_000n) })).toEqual({
    kind: 'order_refunded',
    orderId: 'order',
    detail: { ...about, refund: 'r4000' },
  });
});
