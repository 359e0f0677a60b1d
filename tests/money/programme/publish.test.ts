import { expect, test } from 'vitest';
import { getProgrammeDesk } from '../../../functions/desk/console/programme/get-programme-desk.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import type { Turns } from '../../../functions/ground/platform/turns.ts';
import { publishProgramme } from '../../../functions/money/programme/publish-programme.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { resettle } from '../../../functions/money/programme/settle-accounts.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { losingAnswers } from '../../reach/imports/losing-answers.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

/** More than are counted while somebody waits. */
const ACCOUNTS = 1050;
const FROM = '2025-01-01';
const file = (back: string) => ({
  ...{ currency: 'EUR', timeZone: 'UTC', debt: 'carry' },
  rules: [{ ...moneyBack, spend: '100.00', back, period: 'lifetime', from: FROM }],
});

async function openLargeShop(): Promise<Shop> {
  const shop = await openShop();
  const orders = Array.from(
    { length: ACCOUNTS },
    (_, at) => `P-${at},2026-01-05,p${at}@x.example,EUR,${at % 3 === 0 ? 50 : 250}.00`,
  );
  const header = 'order_number,placed_at,customer_email,currency,line_total';
  await importOrders(shop.ctx, { path: aFile([header, ...orders, ''].join('\n')) });
  return shop;
}

/** Turns of one step each. */
const shortTurns: Turns = { begin: () => () => true };

async function postedOf(ctx: Context): Promise<unknown> {
  const sql = 'SELECT revision, net_minor, entries, accounts FROM programme_postings ORDER BY 1';
  return (await ctx.db.read({ sql, args: [] })).map((row) => row.map(Number));
}

async function ledgerOf(ctx: Context): Promise<unknown> {
  const sql = `SELECT a.owner_id IS NULL, l.order_number, l.kind, l.amount_minor, l.rule_id, l.version
    FROM ledger AS l JOIN accounts AS a ON a.id = l.account_id ORDER BY 2, 3, 4`;
  return ctx.db.read({ sql, args: [] });
}

test('many accounts are reached in turns, through lost answers, while orders come, to the cent and once each', async () => {
  const [whole, shop] = [await openLargeShop(), await openLargeShop()];
  const told = await setProgramme(whole.ctx, file('10.00'));
  const tried = await publishProgramme(shop.ctx, file('10.00'), { isDryRun: true });
  expect(tried).toMatchObject({ isChanged: true, posted: null });
  const published = await publishProgramme(shop.ctx, file('10.00'), { isDryRun: false });
  expect(published).toMatchObject({ isChanged: true, posted: null });
  expect(await ledgerOf(shop.ctx)).toEqual([]);
  expect((await getProgrammeDesk(shop.ctx)).settling).toEqual({ reached: 0, of: ACCOUNTS });
  for (const isDryRun of [true, false])
    await expect(publishProgramme(shop.ctx, file('20.00'), { isDryRun })).rejects.toMatchObject({
      code: 'programme_settling',
      message: expect.stringContaining(`${ACCOUNTS} accounts`),
    });
  await resettle({ ...shop.ctx, turns: shortTurns });
  expect((await getProgrammeDesk(shop.ctx)).settling).toEqual({ reached: 100, of: ACCOUNTS });
  // Somebody whom the programme has not reached orders: both count.
  const late = { email: `p${ACCOUNTS - 1}@x.example`, placedAt: '2026-02-05T10:00:00Z', totals: [10_000] };
  for (const { order } of [whole, shop]) await order(late);
  const flaky = losingAnswers({ ...shop.ctx, turns: shortTurns }, 3);
  let turns = 0;
  while ((await getProgrammeDesk(shop.ctx)).settling !== null && turns < 60) {
    turns += 1;
    await resettle(flaky).catch(() => undefined);
  }
  expect(turns).toBeGreaterThan(8);
  expect(await ledgerOf(shop.ctx)).toEqual(await ledgerOf(whole.ctx));
  const { netMinor, entries, accounts } = told.posted;
  expect(accounts).toBe(700);
  expect(await postedOf(shop.ctx)).toEqual([[1, Number(netMinor), entries, accounts]]);
  expect(await postedOf(whole.ctx)).toEqual([[1, Number(netMinor), entries, accounts]]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0, waiting: 0 });
  await publishProgramme(shop.ctx, file('10.00'), { isDryRun: false });
  expect(await getProgrammeDesk(shop.ctx)).toMatchObject({ settling: null, revisions: [{ revision: 1 }] });
});

test('an account that cannot be counted keeps the programme from being changed for a day', async () => {
  const { ctx, order, clock } = await openShop();
  await order({ totals: [25_000] });
  await publishProgramme(ctx, file('10.00'), { isDryRun: false });
  await ctx.db.write([{ sql: 'UPDATE accounts SET settled_revision = 0', args: [] }]);
  await expect(publishProgramme(ctx, file('20.00'), { isDryRun: true })).rejects.toMatchObject({
    code: 'programme_settling',
  });
  clock.advance(24 * 3_600_000 + 1);
  const from = { ...file('20.00'), rules: [{ ...file('20.00').rules[0], from: '2026-12-01' }] };
  expect(await publishProgramme(ctx, from, { isDryRun: true })).toMatchObject({ isChanged: true });
});
