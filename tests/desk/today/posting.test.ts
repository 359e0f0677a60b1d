import { describe, expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { getProgrammeDesk } from '../../../functions/desk/console/programme/get-programme-desk.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { downloadFigures } from '../../../functions/desk/today/download-figures.ts';
import { downloadMovements } from '../../../functions/desk/today/download-movements.ts';
import { getFigures } from '../../../functions/desk/today/get-figures.ts';
import { getMovements } from '../../../functions/desk/today/get-movements.ts';
import { keepFigures } from '../../../functions/desk/today/keep-figures.ts';
import { sumByGroup } from '../../../functions/desk/today/movement-kinds.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { moveOrder } from '../../../functions/money/orders/move-order.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const today = { period: 'days', since: '2026-03-01', until: '2026-03-01' };
const yesterday = { period: 'days', since: '2026-02-28', until: '2026-02-28' };
const ann = 'ann@example.com';
const bob = 'bob@example.com';

describe('what is posted today for orders of years ago', () => {
  test('is given today by every page, and opens with nothing', async () => {
    const shop = await openShop();
    await shop.order({ placedAt: '2025-04-10T12:00:00Z', totals: [30_000] });
    await shop.setRules(moneyBack);
    await keepFigures(shop.ctx);
    const { now } = await getFigures(shop.ctx, today);
    const { whole } = await booksOf(shop, today);
    const { rules } = await getProgrammeDesk(shop.ctx);
    expect(now.givenMinor).toBe(1500n);
    expect(now.parts[0]?.givenMinor).toBe(1500n);
    expect([whole.openingMinor, whole.closingMinor]).toEqual([0n, 1500n]);
    expect(rules[0]?.paidMinor).toBe(1500n);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  test('leaves the closing of the days before as it was', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ placedAt: '2026-02-20T12:00:00Z', totals: [10_000] });
    await keepFigures(shop.ctx);
    shop.clock.advance(DAY_MS);
    const closing = async () => (await booksOf(shop, today)).whole.closingMinor;
    const before = await closing();
    const late = await shop.order({ placedAt: '2026-02-10T12:00:00Z', totals: [20_000] });
    await shop.refund(late.number, '1', 20_000);
    await keepFigures(shop.ctx);
    expect([before, await closing()]).toEqual([500n, 500n]);
    expect((await booksOf(shop, { ...today, since: '2026-03-02', until: '2026-03-02' })).whole).toMatchObject(
      {
        openingMinor: 500n,
        closingMinor: 500n,
      },
    );
    const { now } = await getFigures(shop.ctx, { ...today, since: '2026-03-02', until: '2026-03-02' });
    expect(now).toMatchObject({ givenMinor: 1000n, takenBackMinor: 1000n });
  });
});

describe('a merge and its undoing', () => {
  test('give and take back nothing: they move', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ email: ann, placedAt: '2025-06-16T12:00:00Z', totals: [10_000] });
    await shop.order({ email: bob, placedAt: '2025-07-22T12:00:00Z', totals: [20_000] });
    await keepFigures(shop.ctx);
    const before = await getFigures(shop.ctx, today);
    shop.clock.advance(1000);
    const { id } = await mergeCustomers(shop.ctx, { survivor: ann, merged: bob, key: newId() });
    await keepFigures(shop.ctx);
    expect((await getFigures(shop.ctx, today)).now).toEqual(before.now);
    shop.clock.advance(1000);
    await undoMerge(shop.ctx, { id });
    await keepFigures(shop.ctx);
    expect((await getFigures(shop.ctx, today)).now).toEqual(before.now);
    const { whole } = await booksOf(shop, today);
    expect(whole).toMatchObject({ openingMinor: 0n, closingMinor: 1500n });
    expect(whole.movements.find(({ kind }) => kind === 'moved')).toMatchObject({ entries: 4, minor: 0n });
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  test('correct balances by what the whole earns more', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ email: ann, totals: [6000] });
    await shop.order({ email: bob, totals: [6000] });
    await mergeCustomers(shop.ctx, { survivor: ann, merged: bob, key: newId() });
    await keepFigures(shop.ctx);
    const { now } = await getFigures(shop.ctx, today);
    expect(now).toMatchObject({ givenMinor: 0n, takenBackMinor: 0n, correctedMinor: 500n });
  });

  test('count like an order that was brought to somebody else', async () => {
    const shop = await openShop(moneyBack);
    const order = await shop.order({ email: ann, totals: [10_000] });
    await shop.order({ email: bob, totals: [10_000] });
    shop.clock.advance(1000);
    await moveOrder(shop.ctx, {
      ...{ source: order.source, number: order.number, email: bob },
      ...{ account: null, department: null, reason: null, key: newId() },
    });
    await keepFigures(shop.ctx);
    const { now } = await getFigures(shop.ctx, today);
    expect(now).toMatchObject({ givenMinor: 1000n, takenBackMinor: 0n, correctedMinor: 0n });
    expect((await verify(shop.ctx)).found).toEqual([]);
  });
});

describe('credit by hand', () => {
  test('is a correction on Today, in the books, in both files and in the API', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ email: ann, totals: [10_000] });
    await adjust(shop.ctx, { account: ann, amount: 700n, reason: 'Sorry' });
    await keepFigures(shop.ctx);
    const figures = { given: 500n, taken_back: 0n, redeemed: 0n, expired: 0n, corrected: 700n };
    const { now } = await getFigures(shop.ctx, today);
    expect(now).toMatchObject({ givenMinor: 500n, correctedMinor: 700n });
    expect(sumByGroup((await booksOf(shop, today)).whole.movements)).toEqual(figures);
    const [head, ...lines] = (await downloadFigures(shop.ctx, today)).trimEnd().split('\n');
    const given = ',rewards_given,rewards_taken_back,rewards_redeemed,rewards_lapsed,rewards_corrected';
    expect(head?.endsWith(given)).toBe(true);
    expect(lines.at(-1)).toMatch(/,5\.00,0\.00,0\.00,0\.00,7\.00$/);
    const owner = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'owner' } as const };
    const file = await new Response(
      await downloadMovements(owner, { since: '2026-03-01', until: '2026-03-01' }),
    ).text();
    expect(file).toContain('2026-03-01,EUR,corrected,adjust,1,7.00,7.00');
    expect(file).toContain('2026-03-01,EUR,given,earn,1,5.00,12.00');
    expect(await movementsOfApi(shop)).toMatchObject([
      { day: '2026-03-01', figure: 'corrected', kind: 'adjust', entries: 1 },
      { day: '2026-03-01', figure: 'given', kind: 'earn', entries: 1 },
    ]);
    expect((await getMovements(shop.ctx, yesterday)).currencies).toEqual([]);
  });
});

async function booksOf({ ctx }: Shop, asked: typeof today) {
  const { currencies } = await getMovements(ctx, asked);
  const [books] = currencies;
  if (books === undefined) throw new Error('No ledger was posted to.');
  return books;
}

async function movementsOfApi({ ctx }: Shop): Promise<unknown> {
  const app = createApp({ runtime: ctx, openStore: () => ctx.db });
  const { key } = await addKey(ctx, { name: 'books', scopes: ['customers:read'] });
  const answer = await app.request('/api/v1/movements', { headers: { Authorization: `Bearer ${key}` } });
  const { items } = (await answer.json()) as { items: unknown };
  return items;
}
