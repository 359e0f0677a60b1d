import { expect, test } from 'vitest';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { getStatement } from '../../../functions/desk/portal/get-statement.ts';
import { listLedger } from '../../../functions/people/customers/list-ledger.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const extra = { ...moneyBack, id: 'extra', name: "Members' extra", for: 'club' };
const euros = (amount: number) => ({ amount, currency: 'EUR' });

test('a rule for members is no part of the order of somebody else, nor when it is cancelled', async () => {
  const shop = await openShop(moneyBack, extra);
  const order = await shop.order({ totals: [12_000] });
  const rules = async () =>
    (await getOrder(shop.as(order.customerId), order)).rewards.map(({ ruleName }) => ruleName);
  expect(await rules()).toEqual([moneyBack.name]);
  await shop.event(order.number, { status: 'cancelled' });
  expect(await rules()).toEqual([moneyBack.name]);
});

test.each<[string, 'cancelled' | 'refunded', (string | null)[]]>([
  ['a cancelled order says why its lines do not count', 'cancelled', ['cancelled']],
  ['a wholly refunded order counts nothing, and no line is left out', 'refunded', [null]],
])('%s: nothing moved', async (_name, how, reasons) => {
  const shop = await openShop(moneyBack);
  await shop.order({ totals: [3_000] });
  const order = await shop.order({ totals: [4_000] });
  if (how === 'cancelled') await shop.event(order.number, { status: 'cancelled' });
  else await shop.refund(order.number, '1', 4_000);
  const [reward] = (await getOrder(shop.as(order.customerId), order)).rewards;
  expect([reward?.spendBefore.minor, reward?.spendAfter.minor]).toEqual([3_000n, 3_000n]);
  expect(reward?.lines.map(({ reason }) => reason)).toEqual(reasons);
});

test('an entry that takes back names what came back, on the page and in the API', async () => {
  const shop = await openShop(moneyBack);
  const line = (id: string, product: string) => ({ id, product, total: euros(10_000) });
  const order = await shop.order({ lines: [line('1', 'Mug'), line('2', 'Bowl'), line('3', 'Vase')] });
  shop.clock.advance(1000);
  await shop.refund(order.number, '2', 10_000);
  const { items } = await listLedger(shop.ctx, { customerId: order.customerId });
  const [clawback, earn] = items;
  expect(clawback?.amount).toEqual({ amount: -500, currency: 'EUR' });
  expect(clawback?.explanation.map(({ text }) => text).join('; ')).toContain('before the return of Bowl');
  expect(earn?.explanation.map(({ text }) => text).join('; ')).not.toContain('return of');
  const sum = clawback?.explanation.reduce((total, { amount }) => total + amount.amount, 0);
  expect(sum).toBe(-500);
  const statement = await getStatement(shop.as(order.customerId), {
    accountId: null,
    kind: null,
    year: null,
    page: 1,
  });
  expect(statement.entries[0]?.explanation.map(({ params }) => params.returned)).toContain('Bowl');
});

test('an entry that takes back for a cancelled order names no goods', async () => {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ totals: [20_000] });
  await shop.event(order.number, { status: 'cancelled' });
  const { items } = await listLedger(shop.ctx, { customerId: order.customerId });
  expect(items[0]?.explanation.map(({ text }) => text).join('; ')).not.toContain('return of');
});
