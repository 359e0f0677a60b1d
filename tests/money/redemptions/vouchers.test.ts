import { expect, it } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const byVoucher = { ...moneyBack, id: 'by-voucher', pays: { voucher: { months: 1, minimum: '20.00' } } };

async function read({ ctx }: Shop, sql: string) {
  return (await ctx.db.read({ sql, args: [] })).map((row) =>
    row.map((value) => (typeof value === 'bigint' ? Number(value) : value)),
  );
}

const openVouchers = `SELECT amount_minor, expires_at FROM vouchers
  WHERE code NOT IN (SELECT code FROM voucher_cancellations) AND code NOT IN (SELECT code FROM voucher_uses)`;

async function onlyCode(shop: Shop): Promise<string> {
  return String((await read(shop, 'SELECT code FROM vouchers'))[0]?.[0]);
}

it('issues a voucher for a target, and a smaller one with the same end after a return', async () => {
  const shop = await openShop(byVoucher);
  const { number } = await shop.order({ totals: [20000] });
  const [[worth, end] = []] = await read(shop, openVouchers);
  expect(worth).toBe(1000);
  shop.clock.advance(20 * DAY_MS);
  await shop.refund(number, '1', 1);
  expect(await read(shop, openVouchers)).toEqual([[500, end]]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('does not bring a voucher back to life that is over', async () => {
  const shop = await openShop(byVoucher);
  const { number } = await shop.order({ totals: [20000] });
  shop.clock.advance(100 * DAY_MS);
  await shop.refund(number, '1', 1);
  const open = await read(shop, openVouchers);
  expect(open.every(([, end]) => Number(end) < shop.clock.now())).toBe(true);
  expect(await read(shop, 'SELECT balance_minor FROM accounts WHERE id = root_id')).toEqual([[0]]);
});

it('ends in the same after two returns as after one', async () => {
  const once = await openShop(byVoucher);
  await once.refund((await once.order({ totals: [20000] })).number, '1', 15000);
  const twice = await openShop(byVoucher);
  const { number } = await twice.order({ totals: [20000] });
  await twice.refund(number, '1', 5000);
  await twice.refund(number, '1', 10000);
  for (const shop of [once, twice]) {
    expect(await read(shop, openVouchers)).toEqual([]);
    expect(await read(shop, 'SELECT balance_minor FROM accounts WHERE id = root_id')).toEqual([[0]]);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  }
});

it('turns a used voucher into debt when its order comes back', async () => {
  const shop = await openShop(byVoucher);
  const { number } = await shop.order({ totals: [10000] });
  const code = await onlyCode(shop);
  const order = { source: 'web', number: 'later' };
  await useVoucher(shop.ctx, { code, order, amount: 500n, currency: 'EUR' });
  await shop.refund(number, '1', 10000);
  expect(await read(shop, 'SELECT balance_minor FROM accounts WHERE id = root_id')).toEqual([[-500]]);
  await expect(useVoucher(shop.ctx, { code, order, amount: 500n, currency: 'EUR' })).rejects.toMatchObject({
    code: 'voucher_used',
  });
});

it('refuses a voucher on an order below its minimum', async () => {
  const shop = await openShop(byVoucher);
  await shop.order({ totals: [10000] });
  const small = await shop.order({ totals: [1999] });
  const code = await onlyCode(shop);
  const use = { code, order: { source: 'web', number: small.number }, amount: 500n, currency: 'EUR' };
  await expect(useVoucher(shop.ctx, use)).rejects.toMatchObject({ errors: [{ code: 'below_minimum' }] });
  expect(await read(shop, 'SELECT count(*) FROM voucher_uses')).toEqual([[0]]);
});

it('counts less of the order a voucher paid, also when it is somebody else’s', async () => {
  const shop = await openShop({ ...byVoucher, counts: { vouchers: false } });
  await shop.order({ email: 'ann@example.com', totals: [100000] });
  const bobs = await shop.order({ email: 'bob@example.com', totals: [10000] });
  const [ann] = await read(shop, 'SELECT code FROM vouchers ORDER BY amount_minor DESC');
  const order = { source: 'web', number: bobs.number };
  await useVoucher(shop.ctx, { code: String(ann?.[0]), order, amount: 5000n, currency: 'EUR' });
  const posted = `SELECT posted_minor FROM period_totals t JOIN accounts a ON a.id = t.root_id
    JOIN customers c ON c.id = a.owner_id WHERE c.email = 'bob@example.com'`;
  expect(await read(shop, posted)).toEqual([[0]]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});
