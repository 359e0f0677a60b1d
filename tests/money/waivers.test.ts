import { expect, test } from 'vitest';
import { findWaived } from '../../functions/money/redemptions/waivers.ts';
import { listWaivers } from '../../functions/money/waivers/list-waivers.ts';
import { endWaiver, waiveMinimum } from '../../functions/money/waivers/waive-minimum.ts';
import { findCustomers } from '../../functions/people/customers/find-customers.ts';
import { getCustomer } from '../../functions/people/customers/get-customer.ts';
import { failure } from '../circle/club/house.ts';
import { moneyBack, openShop } from '../support/shop.ts';

test('a minimum is waived for one account, read with the customer, and over on its day', async () => {
  const shop = await openShop(moneyBack);
  const { accountId: account, customerId } = await shop.order();
  const other = await shop.order({ email: 'bob@example.com' });
  const waiver = await waiveMinimum(shop.ctx, { account, until: '2026-03-31', reason: 'Two new cafés' });
  expect(waiver).toMatchObject({ accountId: account, until: '2026-03-31', reason: 'Two new cafés' });
  const waivedOf = async (id: string) => (await getCustomer(shop.ctx, { id })).accounts[0]?.minimumWaived;
  expect(await waivedOf(customerId)).toEqual({
    by: 'staff',
    who: waiver.by,
    until: '2026-03-31T23:00:00Z',
    reason: 'Two new cafés',
  });
  expect(await waivedOf(other.customerId)).toBeNull();
  const { items } = await findCustomers(shop.ctx, { email: 'ann@example.com' });
  expect(items[0]?.accounts[0]?.minimumWaived).toMatchObject({ by: 'staff' });
  shop.clock.advance(Date.parse('2026-03-31T22:59:59Z') - shop.clock.now());
  expect((await findWaived(shop.ctx, [account])).size).toBe(1);
  shop.clock.advance(1000);
  expect((await findWaived(shop.ctx, [account])).size).toBe(0);
  expect((await listWaivers(shop.ctx)).items).toEqual([]);
});

test('a new waiver ends the one before; one that runs is ended once', async () => {
  const shop = await openShop(moneyBack);
  const { accountId: account } = await shop.order();
  const first = await waiveMinimum(shop.ctx, { account, until: '2026-03-31', reason: 'First' });
  shop.clock.advance(1000);
  const second = await waiveMinimum(shop.ctx, { account, until: null, reason: 'Second' });
  expect((await listWaivers(shop.ctx)).items).toMatchObject([
    { id: second.id, until: null, account: 'ann@example.com' },
  ]);
  expect(await failure(endWaiver(shop.ctx, { id: first.id }))).toBe('not_found');
  await endWaiver(shop.ctx, { id: second.id });
  expect((await findWaived(shop.ctx, [account])).size).toBe(0);
  expect(await failure(endWaiver(shop.ctx, { id: second.id }))).toBe('not_found');
});

test('a waiver needs its reason, a day to come, an account, and an owner or manager', async () => {
  const shop = await openShop(moneyBack);
  const { accountId: account } = await shop.order();
  const waive = (more: object) => waiveMinimum(shop.ctx, { account, until: null, reason: 'Why', ...more });
  expect(await failure(waive({ reason: ' ' }))).toBe('validation_failed');
  expect(await failure(waive({ until: '2026-02-28' }))).toBe('validation_failed');
  expect(await failure(waive({ account: 'nobody' }))).toBe('not_found');
  const agent = { ...shop.ctx, actor: { kind: 'staff', id: 's', role: 'agent' } } as const;
  expect(await failure(waiveMinimum(agent, { account, reason: 'Why' }))).toBe('forbidden');
});

test('those that are over are listed with how they ended; the reason is no analyst’s', async () => {
  const shop = await openShop(moneyBack);
  const { accountId: account } = await shop.order();
  const { accountId: other, customerId } = await shop.order({ email: 'bob@example.com' });
  const short = await waiveMinimum(shop.ctx, { account: other, until: '2026-03-01', reason: 'Moves' });
  const first = await waiveMinimum(shop.ctx, { account, until: null, reason: 'First' });
  shop.clock.advance(1000);
  const second = await waiveMinimum(shop.ctx, { account, until: null, reason: 'Second' });
  shop.clock.advance(86_400_000);
  expect((await listWaivers(shop.ctx)).items.map(({ id, endedAt }) => [id, endedAt])).toEqual([
    [second.id, null],
  ]);
  expect((await listWaivers(shop.ctx, { state: 'ended' })).items).toMatchObject([
    { id: first.id, reason: 'First', endedBy: second.by, endedAt: second.at },
    { id: short.id, customerId, endedBy: null, endedAt: '2026-03-02T00:00:00Z' },
  ]);
  const analyst = { ...shop.ctx, actor: { kind: 'staff', id: 's', role: 'analyst' } } as const;
  for (const state of ['current', 'ended'] as const)
    expect((await listWaivers(analyst, { state })).items[0]).toMatchObject({ reason: '' });
});
