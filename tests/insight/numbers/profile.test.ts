import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { getCustomer } from '../../../functions/desk/console/get-customer.ts';
import { downloadProfile } from '../../../functions/desk/console/insight/download-profile.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import type { Context, Role, Scope } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { countNumbers } from '../../../functions/insight/numbers/count-numbers.ts';
import { getSegmentProfile } from '../../../functions/insight/numbers/get-segment-profile.ts';
import { setAndAsk } from '../../../functions/insight/segments/set-and-ask.ts';
import { removeSegment } from '../../../functions/insight/segments/set-segment.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = (ctx: Context, role: Role = 'analyst') =>
  ({ ...ctx, actor: { kind: 'staff', id: 's1', role } }) as const;
const rule = (field: string, operator: string, value: unknown) => ({ field, operator, value });
const all = (...rules: unknown[]) => ({ combinator: 'and', not: false, rules });

async function buy(shop: Shop, name: string, days: readonly string[], category: string) {
  let last: Awaited<ReturnType<Shop['order']>> | null = null;
  for (const day of days)
    last = await shop.order({
      ...{ email: `${name}@example.com`, placedAt: `${day}T12:00:00Z` },
      lines: [{ id: '1', total: { amount: 5_000, currency: 'EUR' }, category }],
    });
  return last;
}

/** Twelve who bought tea each year, twelve who bought a cup once; today is 1 March 2026. */
async function filledShop() {
  const shop = await openShop({ ...moneyBack, from: '2020-01-01' });
  for (let at = 0; at < 12; at++) {
    await buy(shop, `tea${at}`, ['2023-02-01', '2024-03-01', '2025-04-01', '2025-05-01'], 'Tea');
    await buy(shop, `cup${at}`, ['2023-02-01'], 'Cups');
  }
  await workFacts(shop.ctx);
  await setAndAsk(shop.ctx, { id: 'tea', name: 'Tea', definition: all(rule('orders.count', '>=', 4)) });
  await setAndAsk(shop.ctx, { id: 'wide', definition: all(rule('orders.count', '>=', 1)) });
  await setAndAsk(shop.ctx, { id: 'empty', definition: all(rule('orders.count', '>=', 99)) });
  await countNumbers(shop.ctx);
  return shop;
}

test('tells how a typical account of a segment buys and what it is worth, beside all', async () => {
  const shop = await filledShop();
  const told = await getSegmentProfile(staffOf(shop.ctx), { id: 'tea' });
  expect(told?.own?.typical).toMatchObject({
    ...{ accounts: 12, returning: 12, mix: [{ category: 'Tea', bps: 10_000 }] },
    basketMinor: { median: 5_000n },
    yearDays: { median: 2n },
    intervalHalfDays: { median: 788n },
  });
  expect(told?.own?.value).toMatchObject({
    ...{ accounts: 12, expected: null, yearSpendMinor: { expected: 10_000n, low: 10_000n } },
    retention: [
      { year: 0, of: 12, bought: 12 },
      { year: 1, of: 12, bought: 12 },
      { year: 2, of: 12, bought: 12 },
    ],
    kept: { of: 24, share: { expected: 1 } },
    lifetime: null,
  });
  expect(told?.whole.typical.mix.map(({ category }) => category)).toEqual(['Tea', 'Cups']);
  expect(told?.whole.value).toMatchObject({
    retention: [{ bought: 24 }, { bought: 12 }, { bought: 12 }],
    kept: { of: 36, share: { expected: 24 / 36 } },
    lifetime: { yearMinor: 6_250n, years: { expected: expect.closeTo(3) }, minor: { expected: 18_750n } },
  });
  expect((await getSegmentProfile(shop.ctx, { id: 'empty' }))?.own).toBeNull();
  await expect(getSegmentProfile(shop.ctx, { id: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(getSegmentProfile(shop.as('x'), { id: 'tea' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('stands beside an account of its segment whose own history is short, and of its kind where none tells', async () => {
  const shop = await filledShop();
  const added = await buy(shop, 'new', ['2026-02-27'], 'Tea');
  await workFacts(shop.ctx);
  const definition = all({ ...rule('orders.bought', '=', true), where: { category: 'Tea' } });
  await setAndAsk(shop.ctx, { id: 'tea', definition });
  shop.clock.advance(11 * 60_000);
  await countNumbers(shop.ctx);
  const page = {
    ...{ customerId: added?.customerId ?? '', accountId: added?.accountId ?? '' },
    ...{ ordersPage: 1, historyPage: 1 },
  };
  const beside = async () => (await getCustomer(staffOf(shop.ctx), page)).typical;
  expect(await beside()).toMatchObject({ segment: { id: 'tea', name: 'Tea' }, typical: { accounts: 13 } });
  await removeSegment(shop.ctx, { id: 'tea' });
  await removeSegment(shop.ctx, { id: 'wide' });
  expect(await beside()).toMatchObject({ segment: null, kind: 'personal' });
});

test('is a CSV with a row for each figure, and its taking stands in the log', async () => {
  const shop = await filledShop();
  const text = await new Response(await downloadProfile(staffOf(shop.ctx), { id: 'tea' })).text();
  const lines = text.trim().split(/\r?\n/);
  expect(lines[0]).toBe('figure,segment,all,currency');
  expect(lines).toContain('basket,50.00,50.00,EUR');
  expect(lines).toContain('lifetime_spend,,187.50,EUR');
  expect(lines).toContain('mix: Tea,1,0.8,EUR');
  const acts = await shop.ctx.db.read({
    sql: "SELECT subject_id FROM audit_log WHERE act = 'figures.exported'",
    args: [],
  });
  expect(acts).toEqual([['segment-tea-profile']]);
});

test('is told to keys that may read segments and customers, and names nobody', async () => {
  const shop = await filledShop();
  const app = createApp({ runtime: shop.ctx, openStore: () => shop.ctx.db });
  const ask = async (...scopes: Scope[]) => {
    const { key } = await addKey(shop.ctx, { name: 'desk', scopes });
    const headers = { Authorization: `Bearer ${key}` };
    const answer = await app.request('/api/v1/segments/tea/profile', { headers });
    return { status: answer.status, json: await answer.json() };
  };
  const { status, json } = await ask('segments:read', 'customers:read');
  expect(status).toBe(200);
  expect(json).toMatchObject({
    segment: 'tea',
    own: {
      typical: { basket: { median: { amount: 5_000, currency: 'EUR' } }, intervalDays: { median: 394 } },
    },
    whole: { value: { lifetime: { spend: { expected: { amount: 18_750 } } } } },
  });
  expect(JSON.stringify(json)).not.toContain('example.com');
  expect((await ask('segments:read')).status).toBe(403);
});
