import { describe, expect, it, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { isRunDue } from '../../../functions/insight/recommendations/begin-run.ts';
import { listOwnRecommendations } from '../../../functions/insight/recommendations/list-own-recommendations.ts';
import { listRecommendations } from '../../../functions/insight/recommendations/list-recommendations.ts';
import { recommendationsAnswer } from '../../../functions/insight/recommendations/schema.ts';
import {
  getOwnWishes,
  hideProduct,
  setRecommendationWish,
  showProductAgain,
} from '../../../functions/insight/recommendations/wishes.ts';
import {
  rebuildProducts,
  workOnProducts,
} from '../../../functions/insight/recommendations/work-on-products.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { createTestApi } from '../../support/test-api.ts';

/** Ten accounts bought a pot and a mug together, thirty bought two of ten other things. */
function cupboard(): string {
  const rows = (customer: string, products: string[]) =>
    products.map((name) => `${customer},2026-01-15,${customer}@example.com,EUR,${name},5.00`);
  const pairs = Array.from({ length: 10 }, (_, n) => rows(`p${n}`, ['Pot', 'Mug']));
  const others = Array.from({ length: 30 }, (_, n) =>
    rows(`o${n}`, [`Tin ${n % 10}`, `Tin ${(n + 1 + 2 * Math.floor(n / 10)) % 10}`]),
  );
  const header = 'order_number,placed_at,customer_email,currency,product,line_total';
  return [header, ...pairs.flat(), ...others.flat()].join('\n');
}

const lineOf = (product: string, more: object = {}) => ({
  ...{ id: product, product, total: { amount: 500, currency: 'EUR' } },
  ...more,
});

async function openCupboard(): Promise<Shop> {
  const shop = await openShop(moneyBack);
  await importOrders(shop.ctx, { path: aFile(cupboard()) });
  return shop;
}

/** What staff are told of a customer's only account. */
async function told({ ctx }: Shop, customerId: string) {
  const { items } = await listRecommendations(ctx, { customerId, accountId: null, limit: 5 });
  return items.map(({ name, reason }) => [name, reason.code]);
}

describe('what is counted', () => {
  it('recommends what goes with what was bought, with the counts behind it', async () => {
    const shop = await openCupboard();
    const { customerId } = await shop.order({ lines: [lineOf('Pot')] });
    expect(await listRecommendations(shop.ctx, { customerId, accountId: null, limit: 5 })).toEqual({
      ...{ items: [], countedAt: null, nothing: null, isWanted: false },
    });
    await workOnProducts(shop.ctx);
    const { items, countedAt } = await listRecommendations(shop.ctx, {
      customerId,
      accountId: null,
      limit: 5,
    });
    expect(countedAt).toBe(shop.clock.now());
    expect(items).toMatchObject([
      {
        ...{ key: 'n:Mug', sku: null, name: 'Mug', url: null },
        reason: { code: 'bought_with', because: { name: 'Pot' }, buyers: 11, together: 10, later: 0 },
      },
    ]);
    await setPolicy(shop.ctx, 'productUrl', 'https://shop.example/search?q={product}');
    const [mug] = (await listRecommendations(shop.ctx, { customerId, accountId: null, limit: 5 })).items;
    expect(mug?.url).toBe('https://shop.example/search?q=Mug');
  });

  it('knows nothing of what was cancelled or wholly given back, nor of gift cards', async () => {
    const shop = await openCupboard();
    const ann = await shop.order({ number: 'gone', lines: [lineOf('Pot')] });
    const ben = await shop.order({ number: 'back', email: 'ben@example.com', lines: [lineOf('Pot')] });
    const cat = await shop.order({ email: 'cat@example.com', lines: [lineOf('Pot', { giftCard: true })] });
    const dan = await shop.order({ number: 'half', email: 'dan@example.com', lines: [lineOf('Pot')] });
    await shop.event('gone', { status: 'cancelled' });
    await shop.refund('back', 'Pot', 500);
    await shop.refund('half', 'Pot', 499);
    await rebuildProducts(shop.ctx);
    expect(await told(shop, ann.customerId)).toEqual([]);
    expect(await told(shop, ben.customerId)).toEqual([]);
    expect(await told(shop, cat.customerId)).toEqual([]);
    expect(await told(shop, dan.customerId)).toEqual([['Mug', 'bought_with']]);
  });

  it('says when something is due again, by the own interval from the third time on', async () => {
    const shop = await openCupboard();
    const days = ['2026-01-01', '2026-01-15', '2026-02-12'];
    let customerId = '';
    for (const day of days)
      ({ customerId } = await shop.order({ lines: [lineOf('Tin 1')], placedAt: `${day}T12:00:00Z` }));
    await rebuildProducts(shop.ctx);
    const { items } = await listRecommendations(shop.ctx, { customerId, accountId: null, limit: 5 });
    expect(items.map(({ name, reason }) => ({ name, ...reason }))).toEqual([
      { name: 'Tin 1', code: 'due', everyDays: 21, isOwn: true, times: 3, dueOn: '2026-03-05' },
    ]);
  });

  it('is counted at once, then in nights after something happened, and goes on where it was interrupted', async () => {
    const shop = await openCupboard();
    const found = async () => ({
      pairs: await shop.ctx.db.read({
        sql: 'SELECT key, place, other_key, kind, together FROM product_pairs',
        args: [],
      }),
      facts: await shop.ctx.db.read({ sql: 'SELECT key, buyers, last_on FROM product_facts', args: [] }),
      left: await shop.ctx.db.read({ sql: 'SELECT 1 FROM product_baskets', args: [] }),
    });
    expect(await isRunDue(shop.ctx)).toBe(true);
    await workOnProducts(shop.ctx);
    const whole = await found();
    expect([whole.pairs.length, whole.facts.length, whole.left.length]).toEqual([2, 12, 0]);
    expect(await isRunDue(shop.ctx)).toBe(false);
    shop.clock.advance(DAY_MS);
    expect(await isRunDue(shop.ctx)).toBe(false);
    await shop.order({ lines: [lineOf('Pot')] });
    const { customerId } = await shop.order({ lines: [lineOf('Mug')] });
    for (let turns = 0; await isRunDue(shop.ctx); turns += 1) {
      expect(turns).toBeLessThan(20);
      await workOnProducts({ ...shop.ctx, steps: { left: 1 } });
      expect(
        (await listRecommendations(shop.ctx, { customerId, accountId: null, limit: 5 })).countedAt,
      ).not.toBeNull();
    }
    const anew = await found();
    expect(anew.facts.find(([key]) => key === 'n:Pot')).toEqual(['n:Pot', 11n, '2026-03-01']);
    expect([anew.pairs.length, anew.left.length]).toEqual([2, 0]);
  });

  it('begins nothing before there is an order', async () => {
    const shop = await openShop(moneyBack);
    expect(await isRunDue(shop.ctx)).toBe(false);
    await workOnProducts(shop.ctx);
    expect(await shop.ctx.db.read({ sql: 'SELECT 1 FROM product_runs', args: [] })).toEqual([]);
  });
});

describe('what a customer wishes', () => {
  it('shows nothing on their pages before they asked, and nothing any more once they do not want it', async () => {
    const shop = await openCupboard();
    const { customerId } = await shop.order({ lines: [lineOf('Pot')] });
    await rebuildProducts(shop.ctx);
    const own = shop.as(customerId);
    const shown = () => listOwnRecommendations(own, { accountId: null });
    expect(await shown()).toBeNull();
    await setRecommendationWish(own, { isWanted: true });
    await setRecommendationWish(own, { isWanted: true });
    expect((await shown())?.map(({ name }) => name)).toEqual(['Mug']);
    expect(await getOwnWishes(own)).toMatchObject({ isWanted: true, at: shop.clock.now() });
    await setRecommendationWish(own, { isWanted: false });
    expect(await shown()).toBeNull();
    const rows = await shop.ctx.db.read({
      sql: "SELECT kind FROM history WHERE kind LIKE 'recommendations%' ORDER BY seq",
      args: [],
    });
    expect(rows.flat()).toEqual(['recommendations_wanted', 'recommendations_unwanted']);
    await expect(listOwnRecommendations(shop.ctx, { accountId: null })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('never shows what they hid, to them or to staff, until they want it again', async () => {
    const shop = await openCupboard();
    const { customerId } = await shop.order({ lines: [lineOf('Pot')] });
    const ben = await shop.order({ email: 'ben@example.com', lines: [lineOf('Pot')] });
    await rebuildProducts(shop.ctx);
    const own = shop.as(customerId);
    await setRecommendationWish(own, { isWanted: true });
    await hideProduct(own, { key: 'n:Mug' });
    await hideProduct(own, { key: 'n:Mug' });
    expect(await listOwnRecommendations(own, { accountId: null })).toEqual([]);
    expect(await told(shop, customerId)).toEqual([]);
    expect(await told(shop, ben.customerId)).toEqual([['Mug', 'bought_with']]);
    expect((await getOwnWishes(own)).hidden).toEqual([{ key: 'n:Mug', name: 'Mug' }]);
    await showProductAgain(own, { key: 'n:Mug' });
    expect(await told(shop, customerId)).toEqual([['Mug', 'bought_with']]);
    await expect(hideProduct(own, { key: 'n:Nothing like it' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('holds for whom they are merged into, where these said nothing, and no longer when they are two again', async () => {
    const shop = await openCupboard();
    const ann = await shop.order({ lines: [lineOf('Pot')] });
    const old = await shop.order({ email: 'old@example.com', lines: [lineOf('Tin 2')] });
    await rebuildProducts(shop.ctx);
    await setRecommendationWish(shop.as(old.customerId), { isWanted: true });
    await hideProduct(shop.as(old.customerId), { key: 'n:Mug' });
    const { id } = await mergeCustomers(shop.ctx, {
      ...{ survivor: ann.customerId, merged: old.customerId, reason: null, key: 'a'.repeat(32) },
    });
    const own = shop.as(ann.customerId);
    expect(await getOwnWishes(own)).toMatchObject({ isWanted: true, hidden: [{ key: 'n:Mug' }] });
    expect(await told(shop, ann.customerId)).toEqual([]);
    await undoMerge(shop.ctx, { id });
    expect(await getOwnWishes(own)).toEqual({ isWanted: false, at: null, hidden: [] });
    expect(await told(shop, ann.customerId)).toEqual([['Mug', 'bought_with']]);
  });
});

test('goes by the orders that somebody may see, and never by those of another account', async () => {
  const shop = await openCupboard();
  const acme = { account: 'ACME' };
  const buyer = await shop.order({ ...acme, email: 'bea@example.com', lines: [lineOf('Tin 1')] });
  await shop.order({ ...acme, email: 'cy@example.com', lines: [lineOf('Pot')] });
  const ann = await shop.order({ lines: [lineOf('Pot')] });
  await rebuildProducts(shop.ctx);
  const { customerId, accountId } = buyer;
  const bea = shop.as(customerId);
  await setRecommendationWish(bea, { isWanted: true });
  const shown = async () => (await listOwnRecommendations(bea, { accountId }))?.map(({ name }) => name);
  expect(await shown()).toEqual([]);
  await shop.confirm(buyer);
  expect(await shown()).toEqual(['Mug']);
  await expect(listOwnRecommendations(bea, { accountId: ann.accountId })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(listRecommendations(bea, { customerId, accountId, limit: 5 })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('is told to programs with its reasons', async () => {
  const { ctx, app, bearer } = await createTestApi({ build: createApp });
  await importOrders(ctx, { path: aFile(`${cupboard()}\nann,2026-01-20,ann@example.com,EUR,Pot,5.00`) });
  await rebuildProducts(ctx);
  const headers = { Authorization: await bearer('customers:read') };
  const get = async (path: string) => {
    const response = await app.request(`/api/v1/customers${path}`, { headers });
    return { status: response.status, json: await response.json() };
  };
  const { items } = (await get('?email=ann@example.com')).json;
  const { status, json } = await get(`/${items[0].id}/recommendations?limit=1`);
  expect(status).toBe(200);
  expect(recommendationsAnswer.parse(json)).toEqual(json);
  expect(json).toMatchObject({ items: [{ name: 'Mug', reason: { code: 'bought_with' } }], isWanted: false });
  expect((await get(`/${items[0].id}/recommendations?limit=21`)).status).toBe(422);
  expect((await get(`/${items[0].id}/recommendations?account=none`)).status).toBe(404);
});
