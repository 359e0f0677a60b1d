import { expect, it } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const moneyAlone = { ...moneyBack, counts: { vouchers: false } };

async function accountOf(shop: Shop, email: string): Promise<string> {
  const sql = 'SELECT a.id FROM accounts a JOIN customers c ON c.id = a.owner_id WHERE c.email = ?';
  return String((await shop.ctx.db.read({ sql, args: [email] }))[0]?.[0]);
}

async function postedOf(shop: Shop, email: string): Promise<number> {
  const sql = `SELECT coalesce(sum(posted_minor), 0) FROM period_totals t JOIN accounts a ON a.id = t.root_id
    JOIN customers c ON c.id = a.owner_id WHERE c.email = ?`;
  return Number((await shop.ctx.db.read({ sql, args: [email] }))[0]?.[0]);
}

async function pay(shop: Shop, order: { number: string } | null, amount = 500n) {
  const accountId = await accountOf(shop, 'ann@example.com');
  const paid = order === null ? null : { source: 'web', number: order.number };
  const input = { customerId: null, accountId, kind: 'till', reference: null, order: paid } as const;
  return redeem(shop.ctx, { ...input, amount, currency: 'EUR' });
}

it.each([
  ['counts what credit paid like money, as long as the rule does not say otherwise', moneyBack, true, 1000],
  ['leaves out what credit paid of an order where the rule counts money alone', moneyAlone, true, 500],
  ['counts the whole order where the till does not say what credit paid', moneyAlone, false, 1000],
])('%s', async (_name, rule, isNamed, posted) => {
  const shop = await openShop(rule);
  await shop.order({ email: 'ann@example.com', totals: [10000] });
  const second = await shop.order({ email: 'ann@example.com', totals: [10000] });
  await pay(shop, isNamed ? second : null);
  expect(await postedOf(shop, 'ann@example.com')).toBe(posted);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('counts less of an order that credit paid before it was told', async () => {
  const shop = await openShop(moneyAlone);
  await shop.order({ email: 'ann@example.com', totals: [10000] });
  await pay(shop, { number: 'later' });
  await shop.order({ email: 'ann@example.com', number: 'later', totals: [10000] });
  expect(await postedOf(shop, 'ann@example.com')).toBe(500);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('counts the whole order again once the redemption is taken back', async () => {
  const shop = await openShop(moneyAlone);
  await shop.order({ email: 'ann@example.com', totals: [10000] });
  const second = await shop.order({ email: 'ann@example.com', totals: [10000] });
  const { id } = await pay(shop, second);
  await reverseRedemption(shop.ctx, { id, reason: 'wrong receipt' });
  expect(await postedOf(shop, 'ann@example.com')).toBe(1000);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('counts less of somebody else’s order that credit paid', async () => {
  const shop = await openShop(moneyAlone);
  await shop.order({ email: 'ann@example.com', totals: [10000] });
  const bobs = await shop.order({ email: 'bob@example.com', totals: [10000] });
  await pay(shop, bobs);
  expect(await postedOf(shop, 'bob@example.com')).toBe(0);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});
