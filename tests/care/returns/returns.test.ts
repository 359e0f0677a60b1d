import { expect, test } from 'vitest';
import { getReturn } from '../../../functions/care/returns/get-return.ts';
import { getReturnFile } from '../../../functions/care/returns/get-return-file.ts';
import { listReturns } from '../../../functions/care/returns/list-returns.ts';
import {
  approveReturn,
  receiveReturn,
  refuseReturn,
  withdrawReturn,
} from '../../../functions/care/returns/move-return.ts';
import { getReturnable, rehearseReturn } from '../../../functions/care/returns/read-asked.ts';
import { requestReturn } from '../../../functions/care/returns/request-return.ts';
import { settleReturn } from '../../../functions/care/returns/settle-return.ts';
import { returnTerms, writeTerms } from '../../../functions/care/returns/terms.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { getValue } from '../../../functions/insight/value/get-value.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import { moveOrder } from '../../../functions/money/orders/move-order.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { redeemInput } from '../../../functions/money/redemptions/schema.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { moneyBack, type OwnedOrder, openShop, type Shop } from '../../support/shop.ts';
import { createTestFiles } from '../../support/test-files.ts';

const terms = { days: 30, creditBonus: '10', much: 2, how: { en: 'Tanner Yard, back door' } };

async function openReturns(more: object = {}) {
  const opened = await openShop({ ...moneyBack, spend: '10.00', back: '1.00' });
  const files = createTestFiles();
  const shop: Shop = {
    ...opened,
    ctx: { ...opened.ctx, files },
    as: (id) => ({ ...opened.as(id), files }),
  };
  await setPolicy(shop.ctx, returnTerms.key, writeTerms({ ...terms, ...more }));
  const order = await shop.order({
    lines: [
      { id: '1', product: 'Kettle', quantity: 3, total: euros(10_000) },
      { id: '2', product: 'Tea', quantity: 1, total: euros(2000) },
    ],
  });
  return { shop, order, own: shop.as(order.customerId), files };
}

const euros = (amount: number) => ({ amount, currency: 'EUR' });

function wanting(
  { source, number }: OwnedOrder,
  lines: readonly [line: string, quantity: number][],
  outcome: 'refund' | 'credit' | 'exchange' = 'refund',
) {
  const reason = 'does_not_fit' as const;
  return {
    order: { source, number },
    lines: lines.map(([line, quantity]) => ({ line, quantity, reason })),
    outcome,
    note: 'Too small',
  };
}

const askWith = (ctx: Shop['ctx'], asked: ReturnType<typeof wanting>, key = newId()) =>
  requestReturn(ctx, asked, { key });

const balanceOf = async (shop: Shop, { accountId }: OwnedOrder) => {
  const sql = 'SELECT CAST(balance_minor AS TEXT) FROM accounts WHERE id = ?';
  const [row] = await shop.ctx.db.read({ sql, args: [accountId] });
  return Number(row?.[0]);
};

const assertSound = async (shop: Shop) =>
  expect(await verify(shop.ctx)).toMatchObject({ found: [], differences: 0 });

test.each(['refund', 'credit', 'exchange'] as const)(
  'what was told before is what is booked, entry by entry: %s',
  async (outcome) => {
    const { shop, order, own } = await openReturns();
    expect(await balanceOf(shop, order)).toBe(1200);
    const asked = wanting(order, [['1', 2]], outcome);
    const { note: _note, ...rehearsed } = asked;
    const told = await rehearseReturn(own, rehearsed);
    const { reference } = await askWith(own, asked);
    expect((await getOrder(shop.ctx, order)).status).toBe('return_requested');
    await approveReturn(shop.ctx, { reference, note: null });
    await receiveReturn(shop.ctx, { reference, note: null });
    const booked = await settleReturn(shop.ctx, { reference, outcome, note: null });
    const { split, rewards } = told;
    expect([split.worthMinor, split.moneyMinor, split.creditMinor]).toEqual(
      { refund: [6666n, 6666n, 0n], credit: [6666n, 0n, 7332n], exchange: [6666n, 0n, 0n] }[outcome],
    );
    expect(booked).toMatchObject({
      ...{ state: 'settled', outcome, money: euros(Number(split.moneyMinor)) },
      credit: euros(Number(split.creditMinor)),
    });
    const sum = rewards?.entries.reduce((total, { amount }) => total + amount.minor, 0n);
    expect([rewards?.available.before.minor, sum]).toEqual([
      1200n,
      (rewards?.available.after.minor ?? 0n) - 1200n,
    ]);
    expect(await balanceOf(shop, order)).toBe(Number(rewards?.available.after.minor));
    expect((await getOrder(shop.ctx, order)).refunded).toEqual(euros(outcome === 'exchange' ? 0 : 6666));
    await assertSound(shop);
  },
);

test('a whole order in three returns comes back to the cent, and no more of it', async () => {
  const { shop, order, own } = await openReturns();
  const worths: number[] = [];
  for (const line of ['1', '1', '1', '2']) {
    const { reference } = await askWith(own, wanting(order, [[line, 1]]));
    const { worth } = await settleReturn(shop.ctx, { reference, outcome: 'refund', note: null });
    worths.push(worth?.amount ?? 0);
  }
  expect(worths).toEqual([3333, 3333, 3334, 2000]);
  expect(await balanceOf(shop, order)).toBe(0);
  expect((await getOrder(shop.ctx, order)).status).toBe('refunded');
  await expect(askWith(own, wanting(order, [['1', 1]]))).rejects.toMatchObject({ code: 'validation_failed' });
  await assertSound(shop);
});

test('many who ask for the same things at once ask for no more than was bought', async () => {
  const { shop, order, own } = await openReturns();
  const asks = Array.from({ length: 12 }, () => askWith(own, wanting(order, [['1', 1]])));
  const outcomes = await Promise.allSettled(asks);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  const [line] = (await getReturnable(own, order)).lines;
  expect([line?.leftMilli, line?.reason]).toEqual([0, 'all_back']);
  await assertSound(shop);
});

test('sent twice it is one return, settled twice at once it is settled once', async () => {
  const { shop, order, own } = await openReturns();
  const twice = await Promise.all([1, 2].map(() => askWith(own, wanting(order, [['2', 1]]), 'form-1')));
  expect(twice[0]?.reference).toBe(twice[1]?.reference);
  const reference = twice[0]?.reference ?? '';
  const settle = () => settleReturn(shop.ctx, { reference, outcome: 'credit', note: null });
  const settled = await Promise.all([settle(), settle(), settle()]);
  expect(new Set(settled.map(({ credit }) => credit.amount))).toEqual(new Set([2200]));
  expect((await getReturn(own, { reference })).events).toHaveLength(2);
  await assertSound(shop);
});

test('what a voucher had paid comes back as credit in proportion, or is lost, as was told', async () => {
  for (const [vouchers, credit] of [
    ['credit', 200],
    ['lost', 0],
  ] as const) {
    const { shop, order, own } = await openReturns({ vouchers });
    const amount = euros(1200);
    const bought = await redeem(
      shop.ctx,
      redeemInput.parse({ customerId: order.customerId, kind: 'voucher', amount, reference: '' }),
    );
    const second = await shop.order({ lines: [{ id: '1', quantity: 6, total: euros(7200) }] });
    const { source, number } = second;
    const use = {
      code: bought.voucher?.code ?? '',
      order: { source, number },
      amount: 1200n,
      currency: 'EUR',
    };
    await useVoucher(shop.ctx, use);
    const asked = wanting(second, [['1', 1]]);
    const { note: _note, ...rehearsed } = asked;
    const told = await rehearseReturn(own, rehearsed);
    expect(told.split).toMatchObject({ worthMinor: 1200n, voucherMinor: 200n, moneyMinor: 1000n });
    const { reference } = await askWith(own, asked);
    const booked = await settleReturn(shop.ctx, { reference, outcome: 'refund', note: null });
    expect([booked.money, booked.credit, booked.voucher]).toEqual([euros(1000), euros(credit), euros(200)]);
    expect(await balanceOf(shop, order)).toBe(Number(told.rewards?.available.after.minor));
    await assertSound(shop);
  }
});

test('credit at the till comes back once: with the goods, or by taking its redemption back', async () => {
  const { shop, order, own } = await openReturns();
  const second = await shop.order({ lines: [{ id: '1', quantity: 1, total: euros(1000) }] });
  const { source, number } = second;
  const paid = await redeem(
    shop.ctx,
    redeemInput.parse({
      ...{ customerId: order.customerId, kind: 'till', amount: euros(300), reference: 'Till 1' },
      order: { source, number },
    }),
  );
  const { reference } = await askWith(own, wanting(second, [['1', 1]]));
  const booked = await settleReturn(shop.ctx, { reference, outcome: 'refund', note: null });
  expect([booked.money, booked.credit]).toEqual([euros(700), euros(300)]);
  const before = await balanceOf(shop, order);
  const again = reverseRedemption(shop.ctx, { id: paid.id, reason: 'Once more' });
  await expect(again).rejects.toMatchObject({ code: 'order_returned' });
  expect(await balanceOf(shop, order)).toBe(before);
  await assertSound(shop);
});

test('what is credited has to be wished for or offered, by who may give credit, and holds what was told', async () => {
  const { shop, order, own } = await openReturns({ outcomes: ['refund', 'credit'], creditBonus: '5' });
  const { reference, told } = await askWith(own, wanting(order, [['1', 1]], 'credit'));
  const settle = (ctx: Shop['ctx'], outcome: 'credit' | 'exchange' | 'refund') =>
    settleReturn(ctx, { reference, outcome, note: null });
  await expect(settle(shop.ctx, 'exchange')).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path: 'outcome', code: 'not_offered' }],
  });
  const key = { kind: 'key', id: 'k', scopes: ['orders:write'] } as const;
  await expect(settle({ ...shop.ctx, actor: key }, 'credit')).rejects.toMatchObject({
    code: 'scope_missing',
  });
  await setPolicy(
    shop.ctx,
    returnTerms.key,
    writeTerms({ ...terms, creditBonus: '0', outcomes: ['refund'] }),
  );
  const booked = await settle(shop.ctx, 'credit');
  expect(booked.credit).toEqual(told.credit);
  expect(booked.credit.amount).toBe(3499);
  await assertSound(shop);
});

test('an order that is cancelled meanwhile is paid back once', async () => {
  for (const outcome of ['refund', 'exchange'] as const) {
    const { shop, order, own } = await openReturns();
    const { reference } = await askWith(own, wanting(order, [['1', 1]], outcome));
    await shop.event(order.number, { status: 'cancelled' });
    const settled = settleReturn(shop.ctx, { reference, outcome, note: null });
    await expect(settled).rejects.toMatchObject({ code: 'return_not_movable' });
    await refuseReturn(shop.ctx, { reference, note: 'The order was cancelled.' });
    await assertSound(shop);
  }
});

test('what was not right is left out, and may be asked for again', async () => {
  const { shop, order, own } = await openReturns();
  const { reference } = await askWith(
    own,
    wanting(order, [
      ['1', 3],
      ['2', 1],
    ]),
  );
  const lines = [{ line: '1', quantity: 1 }];
  const settled = await settleReturn(shop.ctx, {
    reference,
    outcome: 'refund',
    lines,
    note: 'Two were worn.',
  });
  expect([settled.worth, settled.lines.map(({ accepted }) => accepted)]).toEqual([euros(3333), [1, 0]]);
  const { lines: left } = await getReturnable(own, order);
  expect(left.map(({ leftMilli }) => leftMilli)).toEqual([2000, 1000]);
  await assertSound(shop);
});

test('declined and withdrawn leave the order as it was, and free to go back', async () => {
  const { shop, order, own } = await openReturns();
  const first = await askWith(own, wanting(order, [['1', 3]]));
  await refuseReturn(shop.ctx, { reference: first.reference, note: 'It was used.' });
  const second = await askWith(own, wanting(order, [['1', 3]]));
  await approveReturn(shop.ctx, { reference: second.reference, note: null });
  await withdrawReturn(own, second);
  expect((await getOrder(shop.ctx, order)).status).toBe('return_refused');
  expect((await getReturnable(own, order)).lines[0]?.leftMilli).toBe(3000);
  const over = { code: 'return_not_movable' };
  await expect(receiveReturn(shop.ctx, { reference: second.reference, note: null })).rejects.toMatchObject(
    over,
  );
  await expect(
    settleReturn(shop.ctx, { reference: second.reference, outcome: 'refund', note: null }),
  ).rejects.toMatchObject(over);
  await assertSound(shop);
});

test('whose an order is not sees, asks, takes back and fetches nothing of its returns', async () => {
  const { shop, order, own } = await openReturns();
  const stranger = shop.as((await shop.order({ email: 'eve@example.com' })).customerId);
  const files = [{ name: '../../p.png', bytes: png }];
  const { reference } = await requestReturn(own, wanting(order, [['1', 1]]), { key: 'k', files });
  const { files: kept, row } = await getReturn(own, { reference });
  const [picture] = kept;
  const gone = { code: 'not_found' };
  const id = picture?.id ?? '';
  expect([picture?.name, (await getReturnFile(own, { id })).mediaType]).toEqual(['p.png', 'image/png']);
  await expect(getReturnFile(stranger, { id })).rejects.toMatchObject(gone);
  await expect(getReturnFile({ ...shop.ctx, actor: { kind: 'anonymous' } }, { id })).rejects.toMatchObject(
    gone,
  );
  await expect(getReturn(stranger, { reference })).rejects.toMatchObject(gone);
  await expect(withdrawReturn(stranger, { reference })).rejects.toMatchObject(gone);
  await expect(askWith(stranger, wanting(order, [['1', 1]]))).rejects.toMatchObject(gone);
  await expect(getReturnable(stranger, order)).rejects.toMatchObject(gone);
  const denied = { code: 'forbidden' };
  await expect(approveReturn(own, { reference, note: null })).rejects.toMatchObject(denied);
  await expect(settleReturn(own, { reference, outcome: 'refund', note: null })).rejects.toMatchObject(denied);
  await expect(listReturns(own)).rejects.toMatchObject(denied);
  expect(row.state).toBe('requested');
});

const png = new Uint8Array([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89],
]);

test.each([
  ['a program', [{ name: 'p.png', bytes: new TextEncoder().encode('#!/bin/sh\nrm -rf /') }], 'file_type'],
  ['a page', [{ name: 'p.png', bytes: new TextEncoder().encode('<html><script>1</script>') }], 'file_type'],
  ['nothing', [{ name: 'p.png', bytes: new Uint8Array() }], 'file_empty'],
  ['too many', Array.from({ length: 6 }, () => ({ name: 'p.png', bytes: png })), 'too_many_files'],
])(
  'pictures of a return are told by what they hold: %s is refused, and nothing is asked',
  async (_name, files, code) => {
    const { order, own, files: store } = await openReturns();
    const asking = requestReturn(own, wanting(order, [['1', 1]]), { key: 'k', files });
    await expect(asking).rejects.toMatchObject({ errors: [{ code }] });
    expect(store.names()).toEqual([]);
    expect((await getReturnable(own, order)).lines[0]?.leftMilli).toBe(3000);
  },
);

test('a return that is refused leaves no file behind', async () => {
  const { order, own, files } = await openReturns();
  const asking = requestReturn(own, wanting(order, [['1', 4]]), {
    key: 'k',
    files: [{ name: 'p', bytes: png }],
  });
  await expect(asking).rejects.toMatchObject({ code: 'validation_failed' });
  expect(files.names()).toEqual([]);
});

test('staff settle no return of their own', async () => {
  const { shop, order, own } = await openReturns();
  const { reference } = await askWith(own, wanting(order, [['1', 1]]));
  await addStaff(shop.ctx, { email: 'ann@example.com', role: 'manager' });
  const [row] = await shop.ctx.db.read({
    sql: "SELECT id FROM staff WHERE email = 'ann@example.com'",
    args: [],
  });
  const ann = { ...shop.ctx, actor: { kind: 'staff', id: String(row?.[0]), role: 'manager' } as const };
  const settling = settleReturn(ann, { reference, outcome: 'credit', note: null });
  await expect(settling).rejects.toMatchObject({ code: 'credit_to_oneself' });
});

test('the desk lists what waits, marks who returns much, and the customer is told each step', async () => {
  const { shop, order, own } = await openReturns();
  for (const line of ['1', '2']) await askWith(own, wanting(order, [[line, 1]]));
  const { items } = await listReturns(shop.ctx);
  expect(items.map(({ state, recent, isMuch }) => [state, recent, isMuch])).toEqual([
    ['requested', 2, true],
    ['requested', 2, true],
  ]);
  const reference = items[0]?.reference ?? '';
  await approveReturn(shop.ctx, { reference, note: 'Thank you' }, { files: [{ name: 'l.png', bytes: png }] });
  const [mail] = (await listMailbox(shop.ctx)).filter(({ template }) => template === 'return_state');
  expect(mail?.text).toMatch(/Thank you[\s\S]*Tanner Yard[\s\S]*label/);
  expect((await getReturn(own, { reference })).files.map(({ kind }) => kind)).toEqual(['label']);
});

test('returns follow two customers who become one, and go back with them', async () => {
  const { shop, order, own } = await openReturns();
  const before = await shop.order({ email: 'old@example.com', totals: [5000] });
  const asOld = shop.as(before.customerId);
  const { reference } = await askWith(own, wanting(order, [['1', 1]]));
  const theirs = await askWith(asOld, wanting(before, [['1', 1]], 'credit'));
  await settleReturn(shop.ctx, { reference: theirs.reference, outcome: 'credit', note: null });
  const listed = async () =>
    (await listReturns(shop.ctx, { state: 'all' })).items.map(({ customerId, recent }) => [
      customerId,
      recent,
    ]);
  const apart = [
    [before.customerId, 1],
    [order.customerId, 1],
  ];
  expect(await listed()).toEqual(apart);
  const two = { survivor: 'ann@example.com', merged: 'old@example.com' };
  const { id } = await mergeCustomers(shop.ctx, { ...two, key: newId() });
  expect(await listed()).toEqual(apart.map(() => [order.customerId, 2]));
  expect((await getReturn(own, { reference: theirs.reference })).row.state).toBe('settled');
  await assertSound(shop);
  await undoMerge(shop.ctx, { id });
  expect(await listed()).toEqual(apart);
  expect((await getReturn(own, { reference })).row.state).toBe('requested');
  await assertSound(shop);
});

test('an erased customer leaves returns without words, names and pictures, and books that are right', async () => {
  const { shop, order, own, files } = await openReturns();
  const asked = wanting(order, [['1', 1]], 'credit');
  const { reference } = await requestReturn(own, asked, {
    key: 'k',
    files: [{ name: 'Ann.png', bytes: png }],
  });
  await settleReturn(shop.ctx, { reference, outcome: 'credit', note: 'Dear Ann' });
  const [stored] = files.names();
  await eraseCustomer(shop.ctx, { customerId: order.customerId, words: 'gone' });
  const rows = await shop.ctx.db.read({
    sql: `SELECT note FROM returns UNION ALL SELECT note FROM return_events WHERE note IS NOT NULL
      UNION ALL SELECT name FROM return_files`,
    args: [],
  });
  expect(rows).toEqual([[null]]);
  expect(files.names()).not.toContain(stored);
  await assertSound(shop);
});

test('agreed to twice with a label, one label is kept', async () => {
  const { shop, order, own, files } = await openReturns();
  const { reference } = await askWith(own, wanting(order, [['1', 1]]));
  const approve = () =>
    approveReturn(shop.ctx, { reference, note: null }, { files: [{ name: 'l.png', bytes: png }] });
  const twice = await Promise.all([approve(), approve()]);
  expect(twice.map(({ state }) => state)).toEqual(['approved', 'approved']);
  await approve();
  expect(files.names()).toHaveLength(1);
});

test('the same form with something else in it is refused, and nothing of it is lost in silence', async () => {
  const { order, own, files } = await openReturns();
  const first = { ...wanting(order, [['1', 1]]), key: 'k', files: [{ name: 'p.png', bytes: png }] };
  const ask = ({ key, files: sent, ...asked }: typeof first) =>
    requestReturn(own, asked, { key, files: sent });
  const { reference } = await ask(first);
  expect((await ask(first)).reference).toBe(reference);
  const reused = { code: 'idempotency_key_reused' };
  await expect(ask({ ...first, ...wanting(order, [['1', 2]]) })).rejects.toMatchObject(reused);
  await expect(ask({ ...first, outcome: 'credit' })).rejects.toMatchObject(reused);
  await expect(ask({ ...first, note: 'Too large' })).rejects.toMatchObject(reused);
  await expect(ask({ ...first, files: [] })).rejects.toMatchObject(reused);
  expect(files.names()).toHaveLength(1);
});

test('a customer asks no more than 30 times an hour, and of pictures only what is drawn is kept', async () => {
  const { shop, order, own, files } = await openReturns();
  const text = new TextEncoder().encode('tEXtGPS 50.45 30.52');
  const chunk = (body: Uint8Array) => Uint8Array.from([0, 0, 0, body.length - 4, ...body, 0, 0, 0, 0]);
  const bytes = Uint8Array.from([...png, ...chunk(text), ...chunk(new TextEncoder().encode('IEND'))]);
  const { reference } = await requestReturn(own, wanting(order, [['1', 1]]), {
    key: 'k',
    files: [{ name: 'p.png', bytes }],
  });
  const [picture] = (await getReturn(own, { reference })).files;
  const kept = await getReturnFile(own, { id: picture?.id ?? '' });
  expect(Buffer.from(kept.bytes).includes('GPS')).toBe(false);
  expect(files.names()).toHaveLength(1);
  const asks = Array.from({ length: 30 }, () => askWith(own, wanting(order, [['9', 1]])));
  const refused = (await Promise.allSettled(asks)).map((one) => one.status === 'rejected' && one.reason.code);
  expect(refused.filter((code) => code === 'too_many_requests')).toHaveLength(1);
  await expect(askWith(own, wanting(order, [['2', 1]]))).rejects.toMatchObject({ code: 'too_many_requests' });
  expect((await askWith(shop.ctx, wanting(order, [['2', 1]]))).state).toBe('requested');
});

const toldTo = async (shop: Shop) => {
  const rows = await shop.ctx.db.read({
    sql: "SELECT customer_id FROM outbox WHERE template = 'return_state' ORDER BY created_at, id",
    args: [],
  });
  return rows.map(([customerId]) => String(customerId));
};

const whose = async (shop: Shop) =>
  (await listReturns(shop.ctx, { state: 'all' })).items.map(({ customerId, rootId }) => [customerId, rootId]);

test('a return follows its order to another customer, who is told of what comes', async () => {
  const { shop, order, own } = await openReturns();
  const { reference } = await askWith(own, wanting(order, [['1', 1]]));
  const eve = await shop.order({ email: 'eve@example.com' });
  const nowhere = { account: null, department: null, reason: null };
  const { source, number } = order;
  await moveOrder(shop.ctx, { source, number, email: 'eve@example.com', ...nowhere, key: newId() });
  expect(await whose(shop)).toEqual([[eve.customerId, eve.accountId]]);
  await refuseReturn(shop.ctx, { reference, note: 'Worn' });
  expect(await toldTo(shop)).toEqual([order.customerId, eve.customerId]);
  await assertSound(shop);
});

test('what was asked for while two customers were one goes back with its order', async () => {
  const { shop, order, own } = await openReturns();
  const before = await shop.order({ email: 'old@example.com', totals: [5000] });
  const two = { survivor: 'ann@example.com', merged: 'old@example.com' };
  const { id } = await mergeCustomers(shop.ctx, { ...two, key: newId() });
  const { reference } = await askWith(own, wanting(before, [['1', 1]]));
  expect(await whose(shop)).toEqual([[order.customerId, order.accountId]]);
  await undoMerge(shop.ctx, { id });
  expect(await whose(shop)).toEqual([[before.customerId, before.accountId]]);
  await approveReturn(shop.ctx, { reference, note: null });
  expect((await toldTo(shop)).at(-1)).toBe(before.customerId);
  await expect(getReturn(own, { reference })).rejects.toMatchObject({ code: 'not_found' });
  await assertSound(shop);
});

test('both are told of what another of the account asks; the words and pictures are the one who asked', async () => {
  const { shop } = await openReturns();
  const lines = [{ id: '1', quantity: 2, total: euros(4000) }];
  const bought = await shop.order({ account: 'Acme', lines });
  const other = await shop.order({ account: 'Acme', email: 'bob@example.com', totals: [100] });
  await shop.confirm(bought);
  await shop.confirm(other);
  const bob = shop.as(other.customerId);
  const asked = wanting(bought, [['1', 1]], 'exchange');
  const { reference } = await requestReturn(bob, asked, {
    key: 'k',
    files: [{ name: 'Bob.png', bytes: png }],
  });
  expect((await toldTo(shop)).toSorted()).toEqual([bought.customerId, other.customerId].toSorted());
  await approveReturn(shop.ctx, { reference, note: 'Dear Ann' });
  const left = async () => {
    const { row, files, events } = await getReturn(shop.ctx, { reference });
    return [row.note, files.map(({ name }) => name), events.map(({ note }) => note)];
  };
  await eraseCustomer(shop.ctx, { customerId: bought.customerId, words: 'gone' });
  expect(await left()).toEqual(['Too small', ['Bob.png'], [null, null]]);
  await eraseCustomer(shop.ctx, { customerId: other.customerId, words: 'gone' });
  expect(await left()).toEqual([null, [], [null, null]]);
  await assertSound(shop);
});

test.each(['exchange', 'refund'] as const)(
  'what ends without money tells its order that the things are back: %s',
  async (outcome) => {
    const { shop } = await openReturns();
    const free = await shop.order({ lines: [{ id: '1', quantity: 1, total: euros(0) }] });
    const own = shop.as(free.customerId);
    const { reference } = await askWith(own, wanting(free, [['1', 1]], outcome));
    await approveReturn(shop.ctx, { reference, note: null });
    await settleReturn(shop.ctx, { reference, outcome, note: null });
    expect((await getOrder(shop.ctx, free)).status).toBe('returned');
    const { booked } = await getReturn(own, { reference });
    const none = { worthMinor: 0n, moneyMinor: 0n, voucherMinor: 0n, creditMinor: 0n, bonusMinor: 0n };
    expect(booked).toEqual(none);
    await assertSound(shop);
  },
);

test('what was booked stands with its parts; who settles otherwise is told that somebody was first', async () => {
  const { shop, order, own } = await openReturns();
  const { reference } = await askWith(own, wanting(order, [['1', 2]], 'exchange'));
  const settle = (quantity: number) =>
    settleReturn(shop.ctx, { reference, outcome: 'credit', lines: [{ line: '1', quantity }], note: null });
  expect(await settle(1)).toMatchObject({ voucher: euros(0), bonus: euros(333), credit: euros(3666) });
  expect((await getReturn(own, { reference })).booked).toEqual({
    ...{ worthMinor: 3333n, moneyMinor: 0n, voucherMinor: 0n, creditMinor: 3666n, bonusMinor: 333n },
  });
  expect((await settle(1)).state).toBe('settled');
  // Their own money is no reward that was given.
  const value = await getValue(shop.ctx, { accountId: order.accountId });
  expect(value?.rewardsMinor).toBe(800n);
  await expect(settle(2)).rejects.toMatchObject({ code: 'return_not_movable' });
});

test('returns of one line that are settled at once are worth together what was paid', async () => {
  const { shop, order, own } = await openReturns();
  const references: string[] = [];
  for (const _ of [1, 2, 3]) references.push((await askWith(own, wanting(order, [['1', 1]]))).reference);
  const settled = await Promise.all(
    references.map((reference) => settleReturn(shop.ctx, { reference, outcome: 'refund', note: null })),
  );
  expect(settled.map(({ worth }) => worth?.amount).toSorted()).toEqual([3333, 3333, 3334]);
  await assertSound(shop);
});
