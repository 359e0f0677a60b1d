import { existsSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { basketProduct } from '../../../functions/insight/recommendations/basket.ts';
import { chunkOf } from '../../../functions/insight/recommendations/chunk.ts';
import { evaluateRecommendations } from '../../../functions/insight/recommendations/evaluate-recommendations.ts';
import { evaluate, type HeldOut } from '../../../functions/insight/recommendations/hit-rate.ts';
import { interestsIn } from '../../../functions/insight/recommendations/interests.ts';
import { listRecommendations } from '../../../functions/insight/recommendations/list-recommendations.ts';
import { rebuildProducts } from '../../../functions/insight/recommendations/work-on-products.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { repository } from '../../support/process.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';
import { generatedHistory, historyCsv, planted, shelfName, tasteOf, usedUp } from './generated-history.ts';

vi.setConfig({ testTimeout: 60_000 });

const rows = (ctx: Context, sql: string) => ctx.db.read({ sql, args: [] });

it('finds what was planted in a made-up history, and guesses last purchases half again as often as what is popular', async () => {
  const ctx = await createTestContext({ now: createTestClock(Date.UTC(2025, 11, 1)).now });
  const history = generatedHistory({ accounts: 600, seed: 2011 });
  await importOrders(ctx, { path: aFile(historyCsv(history)) });
  await rebuildProducts(ctx);

  const best = await rows(ctx, 'SELECT key, other_key FROM product_pairs WHERE place = 0 ORDER BY key');
  const bestOf = new Map(best.map(([key, other]) => [key, other]));
  for (const [first, second] of planted) expect(bestOf.get(`s:${first}`)).toBe(`s:${second}`);
  // Whatever else stands out lies on one shelf: nothing is told for being popular.
  const shelf = (key: unknown) => String(key).slice(2, 3);
  const others = await rows(
    ctx,
    "SELECT key, other_key FROM product_pairs WHERE key < 's:G' AND other_key < 's:G'",
  );
  expect(others.filter(([key, other]) => shelf(key) !== shelf(other))).toEqual([]);
  expect(others.length).toBeGreaterThan(20);
  const again = await rows(
    ctx,
    'SELECT key FROM product_facts WHERE again >= 5 AND again * 4 >= buyers AND half_days BETWEEN 48 AND 66 ORDER BY key',
  );
  expect(again.flat()).toEqual(expect.arrayContaining(usedUp.map((sku) => `s:${sku}`)));

  const { hits, lift, tried, nothing } = await evaluateRecommendations(ctx);
  process.stdout.write(
    `Hit rate at 5 over ${tried} accounts: ${hits?.recommended.toFixed(3)}, most popular ${hits?.mostPopular.toFixed(3)}, ` +
      `most popular of what is new to them ${hits?.mostPopularNew.toFixed(3)}; ${lift?.toFixed(2)} times.\n`,
  );
  expect(nothing).toBeNull();
  expect(tried).toBe(600);
  expect(lift).toBeGreaterThanOrEqual(1.5);

  await sayTastes(ctx, history);
  const { interestHits } = await evaluateRecommendations(ctx);
  expect(interestHits?.tried).toBe(300);
  expect(interestHits?.recommended).toBeGreaterThanOrEqual(interestHits?.withoutInterests ?? 1);
});

it('guesses better where those who bought little say what they like, and hardly worse where it is not true', () => {
  const tries = [2011, 1, 2].flatMap((seed) => {
    const history = generatedHistory({ accounts: 600, seed });
    const truly = tryInterests(history, (customer) => tasteOf(history, customer));
    const falsely = tryInterests(history, (customer) => tasteOf(history, customer + 1));
    return truly === null || falsely === null ? [] : [{ truly, falsely: falsely.recommended }];
  });
  const mean = (rateOf: (one: (typeof tries)[number]) => number) =>
    tries.reduce((sum, one) => sum + rateOf(one), 0) / tries.length;
  const without = mean(({ truly }) => truly.withoutInterests);
  const [truly, falsely] = [mean(({ truly }) => truly.recommended), mean((one) => one.falsely)];
  process.stdout.write(
    `Of those that bought little and say what they like ${truly.toFixed(3)}, falsely ${falsely.toFixed(3)}, ` +
      `without that ${without.toFixed(3)}.\n`,
  );
  expect(truly).toBeGreaterThan(1.03 * without);
  expect(falsely).toBeGreaterThan(0.95 * without);
});

/** Every other customer bought twice only: the first purchase and what they say is to tell the second. */
function tryInterests(history: ReturnType<typeof generatedHistory>, said: (customer: number) => string) {
  const heldOut: HeldOut[] = [];
  const baskets = [...Map.groupBy(history, ({ customer }) => customer)].map(([customer, all]) => {
    const [first, second] = all;
    if (customer % 2 === 1 || first === undefined || second === undefined) return basketOf(all);
    const last = new Set(second.skus.map((sku) => `s:${sku}`));
    const before = basketOf([first]);
    heldOut.push({ before, last, day: second.day, interests: interestsIn([said(customer)]) });
    return before;
  });
  return evaluate([chunkOf(baskets)], heldOut).interestHits;
}

function basketOf(bought: ReturnType<typeof generatedHistory>) {
  const days = Map.groupBy(
    bought.flatMap(({ skus, day }) => skus.map((sku) => ({ sku, day }))),
    ({ sku }) => sku,
  );
  return [...days].map(([sku, of]) =>
    basketProduct({ key: `s:${sku}`, name: sku, category: shelfName(sku), days: of.map(({ day }) => day) }),
  );
}

/** Every other customer answers what they would like to hear about by the name of their shelf. */
async function sayTastes(ctx: Context, history: ReturnType<typeof generatedHistory>): Promise<void> {
  await ctx.db.write(
    Array.from({ length: 300 }, (_, half) => ({
      sql: `INSERT INTO profile_answers (customer_id, question, answer, at)
        SELECT id, 'interests', ?, 0 FROM customers WHERE email = ?`,
      args: [`fresh ${tasteOf(history, 2 * half)}`, `c${2 * half}@generated.example`],
    })),
  );
}

const cdnow = `${repository}../shared/data/cdnow/orders.csv`;
it.skipIf(!existsSync(cdnow))(
  'says of a shop of one product that there is nothing to recommend',
  async () => {
    const ctx = await createTestContext();
    const lines = readFileSync(cdnow, 'utf8').split('\n');
    await importOrders(ctx, { path: aFile(lines.slice(0, 3000).join('\n')) });
    await rebuildProducts(ctx);
    expect(await evaluateRecommendations(ctx)).toMatchObject({
      products: 1,
      nothing: 'one_product',
      hits: null,
    });
    const [any] = await rows(
      ctx,
      'SELECT customer_id FROM orders GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1',
    );
    const customerId = String(any?.[0]);
    expect(await listRecommendations(ctx, { customerId, accountId: null, limit: 5 })).toMatchObject({
      items: [],
      nothing: 'one_product',
    });
  },
);
