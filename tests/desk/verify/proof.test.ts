import { describe, expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { beginProof } from '../../../functions/desk/verify/proof/begin-proof.ts';
import { checkAgain } from '../../../functions/desk/verify/proof/check-again.ts';
import { downloadProof, proofTables } from '../../../functions/desk/verify/proof/download-proof.ts';
import { showProof } from '../../../functions/desk/verify/proof/show-proof.ts';
import { workOnProof } from '../../../functions/desk/verify/proof/work-on-proof.ts';
import type { Actor } from '../../../functions/ground/platform/context.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { accountId, openBusyShop } from './busy-shop.ts';
import { tamper } from './tamper.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** One in the afternoon, London time; the next night begins at three. */
async function nextNight({ ctx, clock }: Shop): Promise<void> {
  clock.advance(15 * HOUR_MS + MINUTE_MS);
  await workOnProof(ctx);
  clock.advance(9 * HOUR_MS - MINUTE_MS);
}

const runsOf = async ({ ctx }: Shop) => (await showProof(ctx)).runs;
const newestRun = async (shop: Shop) => (await runsOf(shop))[0];

/** As a hand at the database would. */
async function raiseSpend({ ctx }: Shop, id: string, by: number): Promise<void> {
  await ctx.db.write([
    statement('UPDATE account_spend SET spend_minor = spend_minor + ? WHERE root_id = ?', by, id),
  ]);
}

const payOut = ({ ctx }: Shop, id: string) =>
  redeem(ctx, {
    ...{ customerId: null, accountId: id, kind: 'payout' as const, amount: 100n, currency: 'EUR' },
    reference: null,
  });

async function hire({ ctx }: Shop, email: string, role: string): Promise<void> {
  await ctx.db.write([
    statement(
      'INSERT INTO staff (id, email, role, created_at) VALUES (?, ?, ?, 1)',
      ...[`s-${email}`, email, role],
    ),
  ]);
}

const lettersTo = ({ ctx }: Shop) =>
  ctx.db.read({
    sql: "SELECT address, params FROM outbox WHERE template = 'proof_found' ORDER BY address",
    args: [],
  });

describe('every night', () => {
  test('everything is gone over once, then what has changed, and everything again after a week', async () => {
    const shop = await openBusyShop();
    await workOnProof(shop.ctx);
    expect(await newestRun(shop)).toMatchObject({ scope: 'all', accounts: 3, differences: 0 });
    await workOnProof(shop.ctx);
    expect(await runsOf(shop)).toHaveLength(1);
    await shop.order({ email: 'dan@example.com', totals: [1_000] });
    await shop.order({ email: 'dan@example.com', totals: [1_000] });
    await nextNight(shop);
    expect(await newestRun(shop)).toMatchObject({ scope: 'changed', accounts: 1, differences: 0 });
    for (let night = 0; night < 5; night += 1) {
      await nextNight(shop);
      expect(await newestRun(shop)).toMatchObject({ scope: 'changed', accounts: 0 });
    }
    await nextNight(shop);
    expect(await newestRun(shop)).toMatchObject({ scope: 'all', accounts: 3, differences: 0 });
  });

  test('begins at three in business time, not before', async () => {
    const shop = await openBusyShop();
    await workOnProof(shop.ctx);
    shop.clock.advance(14 * HOUR_MS - MINUTE_MS);
    await workOnProof(shop.ctx);
    expect(await runsOf(shop)).toHaveLength(1);
    shop.clock.advance(2 * MINUTE_MS);
    await workOnProof(shop.ctx);
    expect(await runsOf(shop)).toHaveLength(2);
  });

  test('goes on where a turn ended, and of several that take the same step one writes it', async () => {
    const shop = await openShop(moneyBack);
    const { ctx, order } = shop;
    for (let one = 0; one < 250; one += 1) await order({ email: `c${one}@example.com`, totals: [100] });
    let turns = 0;
    const stopping = { ...ctx, isEnding: () => turns++ > 0 };
    await workOnProof(stopping);
    expect(await newestRun(shop)).toMatchObject({ accounts: 100, finishedAt: null });
    await Promise.all([workOnProof(ctx), workOnProof(ctx), workOnProof(ctx)]);
    await workOnProof(ctx);
    expect(await newestRun(shop)).toMatchObject({ accounts: 250, entries: 0, differences: 0 });
    expect((await newestRun(shop))?.finishedAt).not.toBeNull();
    expect(await runsOf(shop)).toHaveLength(1);
  });
});

describe('an account that does not add up', () => {
  test('is paid nothing out, and no other account suffers; owners are told once', async () => {
    const shop = await openBusyShop();
    const [ann, dan] = [await accountId(shop, 'ann@example.com'), await accountId(shop, 'dan@example.com')];
    await hire(shop, 'boss@shop.example', 'owner');
    await hire(shop, 'lead@shop.example', 'manager');
    await workOnProof(shop.ctx);
    await raiseSpend(shop, ann, 500);
    await shop.order({ email: 'ann@example.com', totals: [10_000] });
    await shop.order({ email: 'dan@example.com', totals: [30_000] });
    await nextNight(shop);
    const found = await showProof(shop.ctx);
    expect(found.runs[0]).toMatchObject({ scope: 'changed', accounts: 2 });
    expect(found.doubts.map((doubt) => [doubt.accountId, doubt.name])).toEqual([[ann, 'ann@example.com']]);
    expect(found.differences.map(({ accountId: id, what }) => [id, what])).toContainEqual([
      ann,
      'spend in EUR',
    ]);
    const owner: Actor = {
      kind: 'staff',
      id: 's-boss@shop.example',
      role: 'owner',
      provenAt: shop.clock.now(),
    };
    const csv = async (actor: Actor, table: (typeof proofTables)[number]) => {
      const file = await downloadProof({ ...shop.ctx, actor }, table);
      return (await new Response(file).text()).trimEnd().split('\n');
    };
    const [, last, first] = await csv(owner, 'runs');
    expect(last).toMatch(new RegExp(`Z,changed,2,\\d+,${found.differences.length}$`));
    expect(first).toMatch(/Z,all,3,\d+,0$/);
    const differences = await csv(owner, 'differences');
    expect(differences).toHaveLength(found.differences.length + 1);
    expect(differences).toContainEqual(
      expect.stringMatching(new RegExp(`,${ann},ann@example\\.com,spend in EUR,\\d+,\\d+$`)),
    );
    const doubts = await csv({ kind: 'staff', id: 'a', role: 'analyst' }, 'doubts');
    expect(doubts).toEqual(['account_id,account,since', expect.stringMatching(new RegExp(`^${ann},,`))]);
    await expect(csv({ ...owner, provenAt: 0 }, 'doubts')).rejects.toMatchObject({ code: 'proof_needed' });
    await expect(payOut(shop, ann)).rejects.toMatchObject({ code: 'account_in_doubt' });
    await payOut(shop, dan);
    expect(await lettersTo(shop)).toEqual([['boss@shop.example', expect.stringContaining('"accounts":1')]]);
    await shop.order({ email: 'ann@example.com', totals: [10_000] });
    await nextNight(shop);
    expect(await lettersTo(shop)).toHaveLength(1);
  });

  test('is paid out again once it adds up, at the next run or when somebody has it checked again', async () => {
    const shop = await openBusyShop();
    const ann = await accountId(shop, 'ann@example.com');
    await raiseSpend(shop, ann, 500);
    await workOnProof(shop.ctx);
    expect((await showProof(shop.ctx)).doubts).toHaveLength(1);
    expect(await checkAgain(shop.ctx, { accountId: ann })).toBe(false);
    await raiseSpend(shop, ann, -500);
    await expect(payOut(shop, ann)).rejects.toMatchObject({ code: 'account_in_doubt' });
    expect(await checkAgain(shop.ctx, { accountId: ann })).toBe(true);
    await payOut(shop, ann);
    await expect(checkAgain(shop.ctx, { accountId: ann })).rejects.toMatchObject({ code: 'not_found' });
    await raiseSpend(shop, ann, 500);
    await beginProof(shop.ctx);
    await workOnProof(shop.ctx);
    expect((await showProof(shop.ctx)).doubts).toHaveLength(1);
    await raiseSpend(shop, ann, -500);
    await beginProof(shop.ctx);
    await workOnProof(shop.ctx);
    expect((await showProof(shop.ctx)).doubts).toEqual([]);
  });

  test('keeps a rule of the whole shop: rows of nobody are found with everything, and told', async () => {
    const shop = await openBusyShop();
    await hire(shop, 'boss@shop.example', 'owner');
    await shop.ctx.db.write([
      statement("INSERT INTO feed_positions (name, position, terms) VALUES ('x', 99999, '')"),
    ]);
    await workOnProof(shop.ctx);
    const { runs, doubts } = await showProof(shop.ctx);
    expect([runs[0]?.differences, doubts]).toEqual([1, []]);
    expect(await lettersTo(shop)).toHaveLength(1);
  });
});

test('what cannot be read is a difference, and keeps nothing else from being looked at', async () => {
  const shop = await openBusyShop();
  await shop.sale({ totals: [500] });
  const ann = await accountId(shop, 'ann@example.com');
  await tamper(shop, "UPDATE waiting_sales SET state = '{'");
  await tamper(shop, `UPDATE orders SET placed_at = 9000000000000000 WHERE root_id = '${ann}'`);
  await workOnProof(shop.ctx);
  const { runs, differences, doubts } = await showProof(shop.ctx);
  expect(runs).toMatchObject([{ scope: 'all', accounts: 3, finishedAt: expect.any(Number) }]);
  expect(doubts.map((doubt) => doubt.accountId)).toEqual([ann]);
  expect(differences).toMatchObject([
    { accountId: ann, what: 'account', expected: 'readable' },
    { accountId: '', what: expect.stringContaining('waiting sale'), expected: 'readable' },
  ]);
});

test('of many who want everything checked at once, one begins it', async () => {
  const shop = await openBusyShop();
  await workOnProof(shop.ctx);
  await Promise.all(Array.from({ length: 10 }, () => beginProof(shop.ctx)));
  expect(await runsOf(shop)).toHaveLength(2);
});

test('owners and managers have everything checked; analysts look, agents do not', async () => {
  const { ctx, clock } = await openBusyShop();
  const as = (role: 'owner' | 'manager' | 'agent' | 'analyst') => {
    const actor: Actor = { kind: 'staff', id: role, role };
    return { ...ctx, actor };
  };
  for (const role of ['agent', 'analyst'] as const)
    await expect(beginProof(as(role))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(showProof(as('agent'))).rejects.toMatchObject({ code: 'forbidden' });
  for (const table of proofTables)
    await expect(downloadProof(as('agent'), table)).rejects.toMatchObject({ code: 'forbidden' });
  await workOnProof(ctx);
  clock.advance(DAY_MS / 24);
  await beginProof(as('manager'));
  await beginProof(as('owner'));
  const { runs } = await showProof(as('analyst'));
  expect(runs.map(({ night, actor }) => [night, actor])).toEqual([
    [null, 'staff:manager'],
    ['2026-04-10', 'system:test'],
  ]);
  const acts = await ctx.db.read({ sql: "SELECT act FROM audit_log WHERE act LIKE 'books.%'", args: [] });
  expect(acts).toEqual([['books.check-begun']]);
});
