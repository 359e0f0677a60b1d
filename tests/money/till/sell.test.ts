import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { smallerOf } from '../../../functions/ground/platform/money.ts';
import { claimSale } from '../../../functions/money/orders/waiting/claim-sale.ts';
import { getVoucher } from '../../../functions/money/redemptions/get-voucher.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { previewSale } from '../../../functions/money/till/preview-sale.ts';
import type { TillSale } from '../../../functions/money/till/sale.ts';
import { sellAtTill } from '../../../functions/money/till/sell.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const line = (totalMinor: bigint) => ({ category: null, isGiftCard: false, totalMinor });

/** Ann, who has 10.00 to spend and 100.00 of 300.00 on the way to her next target, at the till. */
async function openTill(rule: Record<string, unknown> = moneyBack) {
  const shop = await openShop(rule);
  const { customerId, accountId } = await shop.order({ totals: [20_000] });
  const sale = (more: Partial<TillSale> = {}): TillSale => ({
    key: newId(),
    buyer: { kind: 'customer', id: customerId },
    accountId,
    lines: [line(5000n)],
    vouchers: [],
    creditMinor: 0n,
    ...more,
  });
  const voucher = async (amount: bigint) => {
    const bought = await redeem(shop.ctx, {
      ...{ customerId, accountId, kind: 'voucher', amount, currency: 'EUR', reference: null, order: null },
    });
    return { id: bought.id, code: String(bought.voucher?.code) };
  };
  return { ...shop, customerId, accountId, sale, voucher };
}

async function figures({ ctx }: Pick<Shop, 'ctx'>) {
  const one = async (sql: string) => Number((await ctx.db.read({ sql, args: [] }))[0]?.[0] ?? 0);
  return {
    orders: await one("SELECT count(*) FROM orders WHERE source = 'till'"),
    waiting: await one('SELECT count(*) FROM waiting_sales'),
    redeemed: await one("SELECT coalesce(sum(amount_minor), 0) FROM redemptions WHERE kind = 'till'"),
    used: await one('SELECT count(*) FROM voucher_uses'),
    balance: await one('SELECT coalesce(sum(balance_minor), 0) FROM accounts'),
    audited: await one("SELECT count(*) FROM audit_log WHERE act = 'order.recorded'"),
  };
}

const soundBooks = async ({ ctx }: Pick<Shop, 'ctx'>) =>
  expect(await verify(ctx)).toMatchObject({ differences: 0 });

it('records the sale, the credit and the voucher in one write, and what it earns', async () => {
  const till = await openTill();
  const { code } = await till.voucher(400n);
  const sold = await sellAtTill(
    till.ctx,
    till.sale({
      lines: [line(10_000n)],
      vouchers: [{ code, amountMinor: 400n }],
      creditMinor: 250n,
    }),
  );
  expect(sold).toMatchObject({
    creditMinor: 250n,
    totalMinor: 10_000n,
    vouchers: [{ code, amountMinor: 400n }],
  });
  expect(sold.order).toMatchObject({
    source: 'till',
    status: 'delivered',
    receiptCode: null,
    rewards: { earned: { amount: 500 } },
  });
  expect(await figures(till)).toMatchObject({
    orders: 1,
    redeemed: 250,
    used: 1,
    balance: 1000 - 400 - 250 + 500,
  });
  expect(await getVoucher(till.ctx, { code })).toMatchObject({
    state: 'used',
    use: { order: { source: 'till', number: sold.order.number } },
  });
  const history = await till.ctx.db.read({
    sql: 'SELECT kind FROM history ORDER BY account_id, seq',
    args: [],
  });
  expect(history.flat().slice(-3)).toEqual(['order_created', 'redeemed', 'voucher_used']);
  await soundBooks(till);
});

it('takes credit before it earns: what the sale brings cannot pay for it', async () => {
  const till = await openTill();
  const sale = till.sale({ lines: [line(100_000n)], creditMinor: 1001n });
  await expect(sellAtTill(till.ctx, sale)).rejects.toMatchObject({ code: 'insufficient_balance' });
  expect(await figures(till)).toMatchObject({ orders: 0, redeemed: 0, balance: 1000, audited: 0 });
});

const threeLines = [
  line(5000n),
  { category: 'Tea', isGiftCard: false, totalMinor: 700n },
  { category: null, isGiftCard: true, totalMinor: 2500n },
];

it('is the same sale when the form is sent again', async () => {
  const till = await openTill();
  const { code } = await till.voucher(400n);
  const sale = till.sale({ vouchers: [{ code, amountMinor: 400n }], creditMinor: 600n, lines: threeLines });
  const first = await sellAtTill(till.ctx, sale);
  till.clock.advance(90_000);
  expect(await sellAtTill(till.ctx, sale)).toEqual(first);
  expect(await figures(till)).toMatchObject({ orders: 1, redeemed: 600, used: 1, audited: 1 });
  await soundBooks(till);
});

it('is the same sale under a double press, and under twenty', async () => {
  const till = await openTill();
  const { code } = await till.voucher(400n);
  const sale = till.sale({ vouchers: [{ code, amountMinor: 400n }], creditMinor: 600n });
  const pressed = await Promise.all(Array.from({ length: 20 }, () => sellAtTill(till.ctx, sale)));
  expect(new Set(pressed.map(({ order }) => order.id)).size).toBe(1);
  expect(await figures(till)).toMatchObject({ orders: 1, redeemed: 600, used: 1, audited: 1 });
  await soundBooks(till);
});

it('lets twenty tills take no more than is there', async () => {
  const till = await openTill();
  const sales = Array.from({ length: 20 }, () => till.sale({ creditMinor: 300n, lines: [line(400n)] }));
  const done = await Promise.allSettled(sales.map((sale) => sellAtTill(till.ctx, sale)));
  const refused = done.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  expect(refused).toEqual(Array.from({ length: 17 }, () => 'insufficient_balance'));
  expect(await figures(till)).toMatchObject({ orders: 3, redeemed: 900, balance: 100 });
  await soundBooks(till);
});

it('lets one of twenty tills use a voucher', async () => {
  const till = await openTill();
  const { code } = await till.voucher(400n);
  const vouchers = [{ code, amountMinor: 400n }];
  const done = await Promise.allSettled(
    Array.from({ length: 20 }, () => sellAtTill(till.ctx, till.sale({ vouchers }))),
  );
  const refused = done.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  expect(refused).toEqual(Array.from({ length: 19 }, () => 'voucher_used'));
  expect(await figures(till)).toMatchObject({ orders: 1, used: 1 });
});

describe('refuses all of it, and records nothing, when', () => {
  const cases: [
    string,
    string,
    (till: Awaited<ReturnType<typeof openTill>>) => Promise<Partial<TillSale>>,
  ][] = [
    ['there is less credit', 'insufficient_balance', async () => ({ creditMinor: 1001n })],
    [
      'the voucher is of another account',
      'not_found',
      async ({ order, ctx }) => {
        const { customerId, accountId } = await order({ email: 'bob@example.com', totals: [20_000] });
        const { voucher } = await redeem(ctx, {
          ...{
            customerId,
            accountId,
            kind: 'voucher',
            amount: 300n,
            currency: 'EUR',
            reference: null,
            order: null,
          },
        });
        return { vouchers: [{ code: String(voucher?.code), amountMinor: 300n }], creditMinor: 100n };
      },
    ],
    [
      'the voucher was taken back',
      'voucher_cancelled',
      async ({ voucher, ctx }) => {
        const { id, code } = await voucher(300n);
        await reverseRedemption(ctx, { id, reason: 'Changed her mind' });
        return { vouchers: [{ code, amountMinor: 300n }] };
      },
    ],
    [
      'the voucher is worth less',
      'validation_failed',
      async ({ voucher }) => ({ vouchers: [{ code: (await voucher(300n)).code, amountMinor: 301n }] }),
    ],
    [
      'the same voucher is taken twice',
      'validation_failed',
      async ({ voucher }) => {
        const { code } = await voucher(300n);
        return {
          vouchers: [
            { code, amountMinor: 100n },
            { code, amountMinor: 100n },
          ],
        };
      },
    ],
    [
      'more is paid than it costs',
      'validation_failed',
      async () => ({ lines: [line(500n)], creditMinor: 501n }),
    ],
    ['nothing is sold', 'validation_failed', async () => ({ lines: [] })],
    ['nobody is named', 'validation_failed', async () => ({ buyer: null, creditMinor: 100n })],
    ['the key is none', 'validation_failed', async () => ({ key: 'again' })],
    ['there is no such customer', 'not_found', async () => ({ buyer: { kind: 'customer', id: newId() } })],
    ['the account is not theirs', 'not_found', async () => ({ accountId: newId() })],
  ];
  it.each(cases)('%s', async (_name, code, make) => {
    const till = await openTill();
    const asked = await make(till);
    const before = await figures(till);
    await expect(sellAtTill(till.ctx, till.sale(asked))).rejects.toMatchObject({ code });
    expect(await figures(till)).toEqual(before);
    expect(before.orders).toBe(0);
  });

  it('the member may not spend the balance of the company', async () => {
    const till = await openTill();
    const order = await till.order({ email: 'eve@example.com', account: 'ACME', totals: [20_000] });
    await till.confirm(order, { isManager: false, mayRedeem: false });
    const buyer = { kind: 'customer', id: order.customerId } as const;
    const sale = till.sale({ buyer, accountId: order.accountId, creditMinor: 100n });
    await expect(sellAtTill(till.ctx, sale)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await figures(till)).toMatchObject({ orders: 0, redeemed: 0 });
    const allowed = await sellAtTill(till.ctx, { ...sale, creditMinor: 0n });
    expect(allowed.order).toMatchObject({ account: 'ACME', accountId: order.accountId });
  });
});

it('refuses another sale under the same key', async () => {
  const till = await openTill();
  const sale = till.sale({ creditMinor: 100n });
  await sellAtTill(till.ctx, sale);
  for (const other of [
    { creditMinor: 200n },
    { lines: [line(5001n)] },
    { buyer: { kind: 'customer', id: newId() } as const },
  ])
    await expect(sellAtTill(till.ctx, { ...sale, ...other })).rejects.toMatchObject({
      code: 'order_contradicts',
    });
  expect(await figures(till)).toMatchObject({ orders: 1, redeemed: 100 });
});

describe('who may', () => {
  const as = (ctx: Context, role: Role): Context => ({ ...ctx, actor: { kind: 'staff', id: newId(), role } });
  it.each(['owner', 'manager', 'agent'] as const)('%s sells and takes credit', async (role) => {
    const till = await openTill();
    await sellAtTill(as(till.ctx, role), till.sale({ creditMinor: 100n }));
    expect(await figures(till)).toMatchObject({ orders: 1, redeemed: 100 });
  });

  it('an analyst and a customer do not, nor do they see what a sale would bring', async () => {
    const till = await openTill();
    for (const ctx of [as(till.ctx, 'analyst'), till.as(till.customerId)]) {
      await expect(sellAtTill(ctx, till.sale())).rejects.toMatchObject({ code: 'forbidden' });
      await expect(previewSale(ctx, till.sale())).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await figures(till)).toMatchObject({ orders: 0 });
  });
});

describe('without a customer', () => {
  it('waits under a receipt code, once, and is claimed once with what it earns', async () => {
    const till = await openTill();
    const { customerId } = await till.order({ email: 'bob@example.com', totals: [100] });
    const sale = till.sale({ buyer: null, accountId: null, lines: [line(10_000n)] });
    const sold = await Promise.all([sellAtTill(till.ctx, sale), sellAtTill(till.ctx, sale)]);
    const code = String(sold[0].order.receiptCode);
    expect(sold.map(({ order }) => order.receiptCode)).toEqual([code, code]);
    expect(await figures(till)).toMatchObject({ orders: 0, waiting: 1 });
    const claimed = await claimSale(till.as(customerId), { code });
    expect(claimed.rewards.earned).toMatchObject({ amount: 500 });
    await expect(claimSale(till.as(till.customerId), { code })).rejects.toMatchObject({ code: 'not_found' });
    expect((await sellAtTill(till.ctx, sale)).order).toMatchObject({ customerId, receiptCode: null });
    expect(await figures(till)).toMatchObject({ orders: 1, waiting: 0 });
    await soundBooks(till);
  });

  it('knows somebody new by an address', async () => {
    const till = await openTill();
    const buyer = { kind: 'email', email: 'new@example.com' } as const;
    const sale = till.sale({ buyer, accountId: null });
    const sold = await Promise.all([sellAtTill(till.ctx, sale), sellAtTill(till.ctx, sale)]);
    expect(sold[1]).toEqual(sold[0]);
    expect(sold[0].order.customer).toMatchObject({ email: 'new@example.com' });
  });
});

describe('the preview', () => {
  it('says what is recorded then, and writes nothing', async () => {
    const till = await openTill();
    const { code } = await till.voucher(400n);
    const sale = till.sale({
      lines: [line(12_000n)],
      vouchers: [{ code, amountMinor: 400n }],
      creditMinor: 600n,
    });
    const before = await figures(till);
    const preview = await previewSale(till.ctx, sale);
    expect(await figures(till)).toEqual(before);
    const sold = await sellAtTill(till.ctx, sale);
    expect(preview?.order.rewards).toEqual(sold.order.rewards);
    expect(preview?.after.balanceMinor).toBe(500n);
    expect(await figures(till)).toMatchObject({ balance: 500 });
  });

  it('counts less where a rule leaves out what credit paid', async () => {
    const till = await openTill({ ...moneyBack, counts: { vouchers: false } });
    const sale = till.sale({ lines: [line(10_500n)], creditMinor: 600n });
    expect((await previewSale(till.ctx, sale))?.order.rewards.earned.amount).toBe(0);
    expect((await sellAtTill(till.ctx, sale)).order.rewards.earned.amount).toBe(0);
    await soundBooks(till);
  });

  it('tells of the voucher that a rule pays', async () => {
    const till = await openTill({ ...moneyBack, pays: { voucher: { months: 6 } } });
    const preview = await previewSale(till.ctx, till.sale({ lines: [line(10_000n)] }));
    expect(preview?.vouchersMinor).toBe(500n);
  });
});

it('keeps the books in any sequence of sales, presses and returns', async () => {
  const amounts = fc.record({
    total: fc.bigInt(1n, 30_000n),
    credit: fc.bigInt(0n, 2000n),
    voucher: fc.option(fc.bigInt(1n, 500n), { nil: null }),
    presses: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(amounts, { minLength: 1, maxLength: 6 }), async (sales) => {
      const till = await openTill();
      for (const { total, credit, voucher, presses } of sales) {
        const bought = voucher === null ? null : await till.voucher(voucher).catch(() => null);
        const vouchers =
          bought === null || voucher === null
            ? []
            : [{ code: bought.code, amountMinor: smallerOf(voucher, total) }];
        const sale = till.sale({ lines: [line(total)], vouchers, creditMinor: credit });
        const before = await figures(till);
        const done = await Promise.allSettled(
          Array.from({ length: presses }, () => sellAtTill(till.ctx, sale)),
        );
        const after = await figures(till);
        const isDone = done.every(({ status }) => status === 'fulfilled');
        expect(new Set(done.map(({ status }) => status)).size).toBe(1);
        expect(after.orders - before.orders).toBe(isDone ? 1 : 0);
        expect(after.redeemed - before.redeemed).toBe(isDone ? Number(credit) : 0);
        expect(after.used - before.used).toBe(isDone ? vouchers.length : 0);
        if (!isDone) expect(after).toEqual(before);
      }
      await soundBooks(till);
    }),
    { numRuns: 15 },
  );
});
