import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { readDraft } from '../../../functions/money/rehearsal/draft.ts';
import { rehearse } from '../../../functions/money/rehearsal/rehearse.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { createTestApi, post } from '../../support/test-api.ts';

const draft = (...rules: object[]) => ({ currency: 'EUR', timeZone: 'Europe/London', rules, debt: 'carry' });
const { from: _, ...withoutFrom } = moneyBack;
const all = { since: null };

/** Ann spends 95.00 in January and 30.00 in February, Bob 60.00 in February. */
async function fill({ order }: Shop) {
  const ann = await order({ email: 'ann@example.com', placedAt: '2026-01-10T10:00:00Z', totals: [9500] });
  await order({ email: 'ann@example.com', placedAt: '2026-02-03T10:00:00Z', totals: [3000] });
  await order({ email: 'bob@example.com', placedAt: '2026-02-20T10:00:00Z', totals: [6000] });
  return ann;
}

test('tells what a draft would have cost, who gains, who loses and who is nearly there', async () => {
  const shop = await openShop({ ...moneyBack, from: '2026-01-01' });
  const { accountId } = await fill(shop);
  const generous = { ...withoutFrom, id: 'bobs', spend: '62.00', back: '4.00' };
  const told = await rehearse(shop.ctx, readDraft(draft(generous)), all);
  expect(told).toMatchObject({
    since: '2026-01-10',
    until: '2026-02-21',
    presentMinor: 500n,
    draftMinor: 800n,
    accounts: { gain: 1, lose: 0, same: 1 },
    gainers: [{ accountId, presentMinor: 500n, draftMinor: 800n }],
    losers: [],
    nearly: [{ rule: 'bobs', missingMinor: 200n }],
    nearlyCount: 1,
  });
  expect(told.months).toEqual([
    { month: '2026-01', presentMinor: 0n, draftMinor: 400n },
    { month: '2026-02', presentMinor: 500n, draftMinor: 400n },
  ]);
  expect(told.names.get(told.nearly[0]?.accountId ?? '')?.account).toBe('bob@example.com');
});

test.each([
  ['absent', {}],
  ['after the last order', { from: '2026-06-01' }],
])('counts a rule whose from is %s from the first day that is looked at', async (_name, from) => {
  const shop = await openShop();
  await fill(shop);
  const file = readDraft(draft({ ...withoutFrom, spend: '30.00', ...from }));
  expect((await rehearse(shop.ctx, file, all)).draftMinor).toBe(4n * 500n + 2n * 500n);
  expect((await rehearse(shop.ctx, file, { since: '2026-02-01' })).draftMinor).toBe(500n + 2n * 500n);
});

test('a rule that is missing from the draft earns nothing, one that stays earns what it did', async () => {
  const second = { ...moneyBack, id: 'second', back: '1.00', from: '2026-01-01' };
  const shop = await openShop({ ...moneyBack, from: '2026-01-01' }, second);
  await fill(shop);
  const told = await rehearse(shop.ctx, readDraft(draft(second)), all);
  expect([told.presentMinor, told.draftMinor, told.accounts.lose]).toEqual([600n, 100n, 1]);
});

test('counts what a return leaves and what is still to come', async () => {
  const shop = await openShop({ ...moneyBack, settleAfterDays: 30, from: '2026-01-01' });
  await shop.order({ totals: [25000], number: 'R-1' });
  await shop.order({ totals: [10000], status: 'placed' });
  await shop.refund('R-1', '1', 10000);
  const told = await rehearse(shop.ctx, readDraft(draft(moneyBack)), all);
  expect([told.presentMinor, told.draftMinor]).toEqual([1000n, 1000n]);
});

test('is refused in another currency once something was counted', async () => {
  const shop = await openShop(moneyBack);
  await fill(shop);
  const file = readDraft({ ...draft(moneyBack), currency: 'USD' });
  await expect(rehearse(shop.ctx, file, all)).rejects.toMatchObject({ code: 'setting_is_fixed' });
});

test('the API tells the same, and again for the same key', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await fill(shop);
  await shop.order({ email: 'bob@example.com', placedAt: '2026-02-21T10:00:00Z', totals: [3600] });
  const { app, bearer } = await createTestApi({ store: shop.ctx.db, now: shop.clock.now, build: createApp });
  const headers = { Authorization: await bearer('programme:read', 'orders:read') };
  const request = post({ programme: draft({ ...withoutFrom, back: '7.00' }), since: '2026-02-01' }, headers);
  const answer = await app.request('/api/v1/programme/rehearsals', request);
  expect(answer.status).toBe(200);
  const told = await answer.json();
  expect(told).toEqual({
    since: '2026-02-01',
    until: '2026-02-22',
    currency: 'EUR',
    present: { earned: 500 },
    draft: { earned: 0 },
    months: [{ month: '2026-02', present: 500, draft: 0 }],
    accounts: { gain: 0, lose: 1, same: 1 },
    nearly: [{ account: expect.not.stringContaining(accountId), rule: 'money-back', missing: 400 }],
  });
  const again = await app.request('/api/v1/programme/rehearsals', request);
  expect([again.headers.get('Idempotency-Replayed'), await again.json()]).toEqual(['true', told]);
});
