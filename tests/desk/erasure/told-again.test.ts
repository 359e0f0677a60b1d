import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { recordOrder } from '../../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../../functions/money/orders/schema.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const gone = { words: 'gone' } as const;

async function open() {
  const shop = await openShop(moneyBack);
  const { ctx, clock } = shop;
  const placedAt = new Date(clock.now() - 86_400_000).toISOString();
  const tell = (
    customer: { email?: string; key?: string; name?: string },
    status = 'delivered',
    account?: string,
  ) =>
    recordOrder(
      ctx,
      recordOrderInput.parse({
        ...{ source: 'web', number: 'W-1', placedAt, currency: 'EUR', status, customer },
        lines: [{ id: '1', total: { amount: 25_000, currency: 'EUR' } }],
        ...(account === undefined ? {} : { account }),
      }),
    );
  const people = () => ctx.db.read(statement('SELECT email, name, withdrawn_at IS NULL FROM customers'));
  return { ...shop, tell, people };
}

const buyers = [
  { email: 'ann@example.com', name: 'Ann Ward' },
  { email: 'ann@example.com', key: 'shopper-77', name: 'Ann Ward' },
  { key: 'shopper-77', name: 'Ann Ward' },
];

test.each(buyers)(
  'an order of who was erased is told again, and nobody comes back with it: %o',
  async (buyer) => {
    const { ctx, refund, tell, people } = await open();
    const { order } = await tell(buyer, 'placed');
    await eraseCustomer(ctx, { customerId: order.customerId ?? '', ...gone });
    const again = await tell(buyer);
    expect(again.order).toMatchObject({ id: order.id, status: 'delivered' });
    expect(await people()).toEqual([[null, null, 0n]]);
    expect((await tell(buyer)).outcome).toBe('unchanged');
    await refund('W-1', '1', 5_000);
    expect(await people()).toEqual([[null, null, 0n]]);
    expect(await ctx.db.read(statement('SELECT 1 FROM customer_keys'))).toEqual([]);
    expect(await verify(ctx)).toMatchObject({ found: [] });
  },
);

test('and in the books of a company', async () => {
  const { ctx, tell, people } = await open();
  const buyer = { email: 'ann@example.com', name: 'Ann Ward' };
  const { order } = await tell(buyer, 'placed', 'ACME');
  await eraseCustomer(ctx, { customerId: order.customerId ?? '', ...gone });
  expect((await tell(buyer, 'delivered', 'ACME')).order).toMatchObject({ id: order.id, status: 'delivered' });
  expect(await people()).toEqual([[null, null, 0n]]);
  expect(await verify(ctx)).toMatchObject({ found: [] });
});
