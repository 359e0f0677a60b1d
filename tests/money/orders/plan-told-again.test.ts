import { expect, test } from 'vitest';
import { departmentKey, type OrderContext } from '../../../functions/money/orders/load-order-context.ts';
import type { Buyer, OrderDraft } from '../../../functions/money/orders/order.ts';
import { aDraft, aLine, anEvent, aRefund, march } from './builders.ts';
import { acts, anAccount, counted, dayOf, outcomes, plan, spend, withOrder } from './order-context.ts';

test.each<[string, Partial<OrderDraft>, Partial<OrderContext>, [code: string, column: string | null]]>([
  [
    'of another account',
    { buyer: { kind: 'email', email: 'bob@x.example', key: null } },
    {},
    ['order_of_another_account', null],
  ],
  [
    'for a department, of the company itself',
    { department: 'Paris' },
    {},
    ['order_contradicts', 'department'],
  ],
  ['in another currency', { currency: 'USD' }, {}, ['order_contradicts', 'currency']],
  ['with another total', { lines: [aLine({ totalMinor: 9_999n })] }, {}, ['order_contradicts', 'line_total']],
  [
    'refunded by a cent more than it cost',
    { refundedByLine: new Map([['1', 10_001n]]) },
    {},
    ['refund_exceeds_line', 'refunded_total'],
  ],
])('an order told again %s is refused, and nothing is written', (_name, told, parts, [code, column]) => {
  const planned = plan([aDraft(told)], withOrder({}, parts));
  expect(planned.outcomes).toMatchObject([{ kind: 'rejected', code, column }]);
  expect([spend(planned), counted(planned)]).toEqual([[], []]);
  expect(acts(planned).filter((act) => act.includes('order'))).toEqual([]);
});

test.each<[string, Buyer, string]>([
  ['an email', { kind: 'email', email: 'bob@x.example', key: null }, 'customer_email'],
  ['a key', { kind: 'key', key: 'C-2' }, 'customer_key'],
])('a company’s order told again of another of its people, by %s, is refused', (_name, buyer, column) => {
  const acme = anAccount({ id: 'acme', kind: 'shared', name: 'ACME' });
  const known = withOrder(
    { accountId: 'acme', rootId: 'acme' },
    { accounts: new Map([['acme', acme]]), sharedByName: new Map([['ACME', acme]]) },
  );
  const planned = plan([aDraft({ account: 'ACME', buyer })], known);
  expect(planned.outcomes).toMatchObject([{ kind: 'rejected', code: 'order_contradicts', column }]);
});

test('a department’s order told again is found by its department', () => {
  const acme = anAccount({ id: 'acme', kind: 'shared', name: 'ACME' });
  const paris = anAccount({ id: 'paris', rootId: 'acme', kind: 'department', name: 'Paris' });
  const known = withOrder(
    { accountId: 'paris', rootId: 'acme' },
    {
      accounts: new Map([['acme', acme]]),
      sharedByName: new Map([['ACME', acme]]),
      departments: new Map([[departmentKey('acme', 'Paris'), paris]]),
    },
  );
  expect(outcomes(plan([aDraft({ account: 'ACME', department: 'Paris' })], known))).toEqual(['unchanged']);
  const [other] = plan([aDraft({ account: 'ACME' })], known).outcomes;
  expect(other).toMatchObject({ kind: 'rejected', code: 'order_contradicts', column: 'department' });
});

test('the same order again changes nothing and writes nothing', () => {
  const planned = plan([aDraft()], withOrder());
  expect([outcomes(planned), acts(planned), spend(planned), counted(planned)]).toEqual([
    ['unchanged'],
    [],
    [],
    [],
  ]);
});

test('the same order again, with a key of its customer that is new, is completed by the key alone', () => {
  const buyer: Buyer = { kind: 'email', email: 'ann@x.example', key: 'C-1' };
  const planned = plan([aDraft({ buyer })], withOrder());
  expect([outcomes(planned), acts(planned), counted(planned)]).toEqual([
    ['completed'],
    ['insert customer_keys'],
    [],
  ]);
});

test.each<[string, Partial<OrderDraft>, { spend: bigint[]; after: bigint[]; day: number }]>([
  ['a refund, at its time', { refunds: [aRefund(4_000n)] }, { spend: [-4_000n], after: [6_000n], day: 5 }],
  ['all given back', { refunds: [aRefund(10_000n)] }, { spend: [-10_000n], after: [], day: 5 }],
  [
    'a cancellation, at its time',
    { events: [anEvent({ status: 'cancelled', at: march(7) })] },
    { spend: [-10_000n], after: [], day: 7 },
  ],
  [
    'a hold, which is spend as before',
    { events: [anEvent({ status: 'on_hold', at: march(6) })] },
    { spend: [], after: [], day: 6 },
  ],
  [
    'an event and a refund, at the later of them',
    { events: [anEvent({ status: 'returned', at: march(8) })], refunds: [aRefund(4_000n)] },
    { spend: [-4_000n], after: [6_000n], day: 8 },
  ],
  [
    'news of before the order, at the time of the order',
    { events: [anEvent({ status: 'packed', at: { at: 0, day: null } })] },
    { spend: [], after: [10_000n], day: 1 },
  ],
  ['shipping, which moves nothing', { shippingMinor: 450n }, { spend: [], after: [10_000n], day: 1 }],
])('an order is completed by %s', (_name, told, expected) => {
  const planned = plan([aDraft(told)], withOrder());
  expect(outcomes(planned)).toEqual(['completed']);
  expect(spend(planned)).toEqual(expected.spend.map((minor) => ['EUR', minor, 0]));
  expect(counted(planned)).toEqual([[[10_000n], expected.after]]);
  expect(dayOf(planned.account.changes[0]?.effectiveAt)).toBe(expected.day);
});

test.each<[string, string | null, string | null, boolean]>([
  ['by the import that brought it: it is taken away whole', 'import', 'import', false],
  ['by another import', 'earlier', 'import', true],
  ['by an import, told by the till before', null, 'import', true],
  ['by the till', null, null, false],
])('what is added to an order %s', (_name, ofOrder, importId, isNoted) => {
  const planned = plan([aDraft({ shippingMinor: 450n })], withOrder({ importId: ofOrder }), importId);
  expect(acts(planned).includes('insert import_changes')).toBe(isNoted);
});

test('items told of one sum take its place before the order is brought to what follows', () => {
  const lines = [aLine(), aLine({ lineId: '2', totalMinor: 5_000n })];
  const kept = withOrder({ lines: [aLine({ lineId: 'all', totalMinor: 15_000n })] });
  expect(acts(plan([aDraft({ lines })], kept))).toEqual([
    ...['delete refund_lines', 'delete order_lines', 'insert order_lines', 'insert order_lines'],
    ...['update orders', 'update orders'],
  ]);
});
