import { describe, expect, test } from 'vitest';
import { tellWaiting } from '../../../functions/desk/console/waiting/tell-waiting.ts';
import { markPaid } from '../../../functions/money/redemptions/payouts/mark-paid.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { removePerson } from '../../../functions/people/households/remove-person.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';

describe('payouts and donations', () => {
  test('are told to owners and managers who still work here, with their sums', async () => {
    const shop = await openShop(moneyBack);
    for (const [name, role] of [
      ['owner', 'owner'],
      ['manager', 'manager'],
      ['agent', 'agent'],
      ['gone', 'manager'],
    ] as const)
      await addStaff(shop.ctx, { email: `${name}@shop.example`, role });
    await disableStaff(shop.ctx, { email: 'gone@shop.example' });
    await owe(shop, 'payout', 300);
    await owe(shop, 'payout', 200);
    await owe(shop, 'donation', 100);
    expect(await tellWaiting(shop.ctx)).toBe(2);
    const mails = await mailsOf(shop, 'staff_waiting');
    expect(mails.map(({ address }) => address)).toEqual(['manager@shop.example', 'owner@shop.example']);
    expect(mails[0]?.params).toMatchObject({
      people: 0,
      owed: expect.arrayContaining([
        { kind: 'payout', count: 2, amount: { minor: 500, currency: 'EUR' } },
        { kind: 'donation', count: 1, amount: { minor: 100, currency: 'EUR' } },
      ]),
    });
  });

  test('are told once a business day at most, and only when one is new', async () => {
    const shop = await staffed();
    await owe(shop, 'payout', 300);
    expect(await tellWaiting(shop.ctx)).toBe(1);
    await owe(shop, 'payout', 100);
    expect(await tellWaiting(shop.ctx)).toBe(0);
    shop.clock.advance(DAY_MS);
    expect(await tellWaiting(shop.ctx)).toBe(1);
    shop.clock.advance(DAY_MS);
    expect(await tellWaiting(shop.ctx)).toBe(0);
  });

  test('are told by two runs at once only once', async () => {
    const shop = await staffed();
    await owe(shop, 'payout', 300);
    await Promise.all([tellWaiting(shop.ctx), tellWaiting(shop.ctx)]);
    expect(await mailsOf(shop, 'staff_waiting')).toHaveLength(1);
  });

  test('are not told once they were handed over, nor are vouchers', async () => {
    const shop = await staffed();
    await markPaid(shop.ctx, { ids: [await owe(shop, 'donation', 300)], reference: null });
    await owe(shop, 'voucher', 100);
    expect(await tellWaiting(shop.ctx)).toBe(0);
  });
});

describe('people who only ordered for a company', () => {
  test('are told to its managers, once a day and once each', async () => {
    const { shop, boss } = await company();
    await joined(shop, 'bob@example.com');
    expect(await tellWaiting(shop.ctx)).toBe(1);
    expect(await mailsOf(shop, 'people_waiting')).toMatchObject([
      { customerId: boss, params: { accountName: 'ACME', people: 1 } },
    ]);
    await joined(shop, 'carl@example.com');
    expect(await tellWaiting(shop.ctx)).toBe(0);
    shop.clock.advance(DAY_MS);
    expect(await tellWaiting(shop.ctx)).toBe(1);
    expect((await mailsOf(shop, 'people_waiting'))[1]?.params).toMatchObject({ people: 2 });
    shop.clock.advance(DAY_MS);
    expect(await tellWaiting(shop.ctx)).toBe(0);
  });

  test('are not told before they joined, nor once they were confirmed or removed', async () => {
    const { shop } = await company();
    await shop.order({ email: 'never@example.com', account: 'ACME' });
    await shop.confirm(await joined(shop, 'bob@example.com'), { isManager: false });
    await removePerson(shop.ctx, await joined(shop, 'carl@example.com'));
    expect(await tellWaiting(shop.ctx)).toBe(0);
  });

  test('are told to staff where nobody manages it', async () => {
    const shop = await staffed();
    await joined(shop, 'bob@example.com');
    expect(await tellWaiting(shop.ctx)).toBe(1);
    const [mail] = await mailsOf(shop, 'staff_waiting');
    expect(mail).toMatchObject({ address: 'owner@shop.example', params: { owed: [], people: 1 } });
    shop.clock.advance(DAY_MS);
    expect(await tellWaiting(shop.ctx)).toBe(0);
  });
});

async function staffed(): Promise<Shop> {
  const shop = await openShop(moneyBack);
  await addStaff(shop.ctx, { email: 'owner@shop.example', role: 'owner' });
  return shop;
}

/** A company with a manager; staff are not there. */
async function company() {
  const shop = await openShop(moneyBack);
  const order = await joined(shop, 'boss@example.com');
  await shop.confirm(order);
  return { shop, boss: order.customerId };
}

async function joined(shop: Shop, email: string) {
  const order = await shop.order({ email, account: 'ACME' });
  await signIn(shop.ctx, email);
  return order;
}

/** Redeems of what an order of enough earns. */
async function owe(shop: Shop, kind: 'payout' | 'donation' | 'voucher', amount: number): Promise<string> {
  const { customerId } = await shop.order({ totals: [20_000] });
  const asked = {
    customerId,
    accountId: null,
    kind,
    amount: BigInt(amount),
    currency: 'EUR',
    reference: null,
  };
  const { id } = await redeem(shop.ctx, asked);
  return id;
}

async function mailsOf(shop: Shop, template: string) {
  const rows = await shop.ctx.db.read({
    sql: 'SELECT address, customer_id, params FROM outbox WHERE template = ? ORDER BY created_at, address',
    args: [template],
  });
  return rows.map(([address, customerId, params]) => ({
    address,
    customerId,
    params: JSON.parse(String(params)),
  }));
}
