import { expect, test } from 'vitest';
import type { AccountDraft } from '../../../functions/money/accounts/plan-change.ts';
import { newRoot } from '../../../functions/money/accounts/root.ts';
import { membershipKey, type OrderContext } from '../../../functions/money/orders/load-order-context.ts';
import { orderKey } from '../../../functions/money/orders/load-orders.ts';
import type { Buyer, Order, OrderDraft } from '../../../functions/money/orders/order.ts';
import { movesPeriods } from '../../../functions/money/orders/plan-drafts.ts';
import type { RuleVersion } from '../../../functions/money/rewards/types.ts';
import { aProgramme, aVersion } from '../rewards/builders.ts';
import { aDraft, aLine, anEvent, aRefund, march } from './builders.ts';
import {
  aBusiness,
  aCustomer,
  acts,
  aKnown,
  ann,
  aSale,
  counted,
  named,
  now,
  outcomes,
  plan,
  spend,
  withOrder,
} from './order-context.ts';

test.each<[string, OrderDraft, OrderContext, string[]]>([
  [
    'nobody knows: a customer, their account and membership, and the order',
    aDraft(),
    aKnown(),
    ['insert customers', 'insert accounts', 'insert memberships'],
  ],
  ['a customer has bought before: the order alone', aDraft(), named([ann]), []],
  [
    'a source knows by its own key: the key is kept beside',
    aDraft({ buyer: { kind: 'key', key: 'C-1' } }),
    aKnown(),
    ['insert customers', 'insert customer_keys', 'insert accounts', 'insert memberships'],
  ],
  [
    'a customer, told with a key that is new',
    aDraft({ buyer: { kind: 'email', email: 'ann@x.example', key: 'C-1' } }),
    named([ann]),
    ['insert customer_keys'],
  ],
  [
    'a company that is new, for one of its departments',
    aDraft({ account: 'ACME', department: 'Paris' }),
    named([ann]),
    ['insert accounts', 'insert accounts', 'insert memberships'],
  ],
])('an order that is new, of whom %s', (_name, draft, known, made) => {
  const planned = plan([draft], known);
  expect(outcomes(planned)).toEqual(['created']);
  expect(acts(planned)).toEqual([...made, 'insert orders', 'insert order_lines', 'insert order_events']);
});

test.each<[string, Partial<OrderDraft>, [spend: bigint, counted: bigint[]]]>([
  ['as it was paid', {}, [10_000n, [10_000n]]],
  ['less discounts', { lines: [aLine({ discountMinor: 1_500n })] }, [8_500n, [8_500n]]],
  ['less what was given back', { refunds: [aRefund(4_000n)] }, [6_000n, [6_000n]]],
  ['without shipping and tax', { shippingMinor: 450n, taxMinor: 1_900n }, [10_000n, [10_000n]]],
  ['nothing of it, cancelled', { events: [anEvent({ status: 'cancelled' })] }, [0n, []]],
  ['as spend that no rule counts, held', { events: [anEvent({ status: 'on_hold' })] }, [10_000n, []]],
  ['as spend that no rule counts, a gift card', { lines: [aLine({ isGiftCard: true })] }, [10_000n, []]],
])('an order that is new counts %s', (_name, draft, [minor, rows]) => {
  const planned = plan([aDraft(draft)]);
  expect(spend(planned)).toEqual([['EUR', minor, 1]]);
  expect(counted(planned)).toEqual(rows.length === 0 ? [] : [[[], rows]]);
});

test('an order in another currency is spend of that currency, and counted by no rule', () => {
  const planned = plan([aDraft({ currency: 'USD' })]);
  expect([spend(planned), counted(planned)]).toEqual([[['USD', 10_000n, 1]], []]);
});

test('while there is no programme nothing is counted', () => {
  const planned = plan([aDraft()], aKnown({ business: aBusiness(null) }));
  expect([spend(planned), counted(planned)]).toEqual([[['EUR', 10_000n, 1]], []]);
});

test('what a voucher paid is taken off where the rule says so', () => {
  const business = aBusiness([aVersion(1, { counts: { vouchers: false } })]);
  const voucherPaid = new Map([[orderKey(aDraft()), 2_500n]]);
  expect(counted(plan([aDraft()], aKnown({ business, voucherPaid })))).toEqual([[[], [7_500n]]]);
});

test.each<[string, number | null, number]>([
  ['its first order', null, 1],
  ['an order before all that were known', 5, 1],
  ['a later order, which leaves the first as it was', 1, 1],
])('an account is there since %s', (_name, known, expected) => {
  const before = known === null ? null : march(known).at;
  const planned = plan(
    [aDraft({ placedAt: march(known === 1 ? 9 : 1) })],
    named([aCustomer('ann@x.example', { firstPlacedAt: before })]),
  );
  expect(planned.account.root.firstPlacedAt).toBe(march(expected).at);
});

test.each<[string, Buyer, string]>([
  ['by a customer who is meant by id', { kind: 'customer', id: 'ann' }, 'not_found'],
  [
    'by a new address that looks like another',
    { kind: 'email', email: 'a\u200bnn@x.example', key: null },
    'validation_failed',
  ],
])('no order is made %s', (_name, buyer, code) => {
  const planned = plan([aDraft({ buyer })], named([ann]));
  expect(planned.outcomes).toMatchObject([{ kind: 'rejected', code }]);
  expect([spend(planned), counted(planned)]).toEqual([[], []]);
  expect(acts(planned)).not.toContain('insert orders');
});

test('an address that looks like another is let in where a customer has it already', () => {
  const email = 'a\u200bnn@x.example';
  expect(
    outcomes(plan([aDraft({ buyer: { kind: 'email', email, key: null } })], named([aCustomer(email)]))),
  ).toEqual(['created']);
});

test('a sale of nobody becomes the order that it was, of whom a later telling names', () => {
  const sale = aSale({
    events: [anEvent(), anEvent({ status: 'returned', at: march(6) })],
    refunds: [aRefund(4_000n)],
  });
  const planned = plan([aDraft()], named([ann], { waiting: new Map([[orderKey(sale.order), sale]]) }));
  expect(planned.outcomes).toMatchObject([
    {
      kind: 'completed',
      isGiven: true,
      order: { id: 'order', customerId: 'ann', accountId: 'ann-own', rootId: 'ann-own' },
    },
  ]);
  expect(acts(planned).slice(0, 2)).toEqual(['delete waiting_sales', 'insert orders']);
  expect([spend(planned), counted(planned)]).toEqual([[['EUR', 6_000n, 1]], [[[], [6_000n]]]]);
  expect(planned.account.history).toMatchObject({ kind: 'order_given', orderId: 'order' });
});

test.each<[string, Partial<Order>, Partial<OrderDraft>, string]>([
  ['contradicts it', {}, { currency: 'USD' }, 'order_contradicts'],
  ['gives back more than it cost', {}, { refundedByLine: new Map([['1', 10_001n]]) }, 'refund_exceeds_line'],
])('a sale of nobody is given to nobody whose telling %s', (_name, kept, told, code) => {
  const sale = aSale(kept);
  const planned = plan([aDraft(told)], named([ann], { waiting: new Map([[orderKey(sale.order), sale]]) }));
  expect(outcomes(planned)).toEqual([code]);
  expect([acts(planned), spend(planned)]).toEqual([[], []]);
});

test('a sale of nobody is given by a customer’s id, as staff and the portal do', () => {
  const sale = aSale();
  const known = named([ann], { waiting: new Map([[orderKey(sale.order), sale]]) });
  const byId = { ...known, customers: new Map([['customer ann', ann]]) };
  expect(outcomes(plan([aDraft({ buyer: { kind: 'customer', id: 'ann' } })], byId))).toEqual(['completed']);
});

test('drafts of one account add up: two new, one the same, one refused', () => {
  const drafts = [
    aDraft({ number: 'A-2', placedAt: march(2) }),
    aDraft(),
    aDraft({ number: 'A-3', placedAt: march(3), lines: [aLine({ totalMinor: 2_500n })] }),
    aDraft({ currency: 'USD' }),
  ];
  const planned = plan(drafts, withOrder());
  expect(outcomes(planned)).toEqual(['created', 'unchanged', 'created', 'order_contradicts']);
  expect(spend(planned)).toEqual([['EUR', 12_500n, 2]]);
  expect(planned.account.history).toEqual({
    kind: 'orders_imported',
    orderId: null,
    detail: { created: 2, completed: 0 },
  });
});

test.each<[string, Partial<OrderDraft>, OrderContext, Partial<AccountDraft['history']>]>([
  ['one that is new', {}, aKnown(), { kind: 'order_created', detail: { source: 'till', number: 'A-1' } }],
  [
    'one that is completed',
    { shippingMinor: 1n },
    withOrder(),
    { kind: 'order_completed', orderId: 'order' },
  ],
  ['none', {}, withOrder(), { kind: 'orders_imported', orderId: null, detail: { created: 0, completed: 0 } }],
])('the history tells of %s', (_name, draft, known, expected) => {
  expect(plan([aDraft(draft)], known).account.history).toMatchObject(expected);
});

test('who is made by some drafts is told once, and a company’s drafts are told as such', () => {
  const two = [aDraft(), aDraft({ number: 'A-2' })];
  expect(plan(two)).toMatchObject({ customersCreated: ['ann@x.example'], isShared: false });
  expect(plan([aDraft({ account: 'ACME' })], named([ann]))).toMatchObject({
    customersCreated: [],
    isShared: true,
  });
  expect(acts(plan(two)).filter((act) => act === 'insert customers')).toHaveLength(1);
});

test('no drafts are a plan of nothing', () => {
  const planned = plan([]);
  expect([acts(planned), outcomes(planned), planned.isShared]).toEqual([[], [], false]);
});

const yearly: RuleVersion[] = [aVersion(1, { period: 'membership-year' })];

test.each<
  [string, RuleVersion[] | null, { historySeq: number; before: number | null; after: number }, boolean]
>([
  ['the joining day moves', yearly, { historySeq: 1, before: 5, after: 1 }, true],
  ['it stays the same day', yearly, { historySeq: 1, before: 5, after: 5 }, false],
  ['no rule follows it', [aVersion(1)], { historySeq: 1, before: 5, after: 1 }, false],
  ['there is no programme', null, { historySeq: 1, before: 5, after: 1 }, false],
  ['nothing was written about the account yet', yearly, { historySeq: 0, before: 5, after: 1 }, false],
])('periods move under counted orders: %s', (_name, versions, { historySeq, before, after }, expected) => {
  const root = { ...newRoot('root', 1), historySeq };
  const [from, to] = [before, after].map((day) => (day === null ? null : march(day).at));
  const moved = movesPeriods(
    { ...root, firstPlacedAt: from ?? null },
    { ...root, firstPlacedAt: to ?? null },
    { ...aBusiness(null), compiled: versions === null ? null : aProgramme(versions) },
    now,
  );
  expect(moved).toBe(expected);
});

test('an order before all others marks an account whose periods follow its joining day', () => {
  const business = aBusiness(yearly);
  const known = named([aCustomer('ann@x.example', { historySeq: 1, firstPlacedAt: march(9).at })], {
    business,
  });
  expect(plan([aDraft()], known).account.isStale).toBe(true);
  expect(plan([aDraft({ placedAt: march(10) })], known).account.isStale).toBe(false);
});

test('a membership that is kept is not made again', () => {
  const members = new Set([membershipKey('ann-own', 'ann')]);
  expect(acts(plan([aDraft()], named([ann], { members: new Set() })))).toContain('insert memberships');
  expect(acts(plan([aDraft()], named([ann], { members })))).not.toContain('insert memberships');
});
