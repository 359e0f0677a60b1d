import { expect, it } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

async function ledgerOf({ ctx }: Shop) {
  const sql = 'SELECT kind, amount_minor, balance_after_minor FROM ledger ORDER BY account_id, seq';
  return (await ctx.db.read({ sql, args: [] })).map(([kind, amount, after]) => [
    kind,
    Number(amount),
    Number(after),
  ]);
}

it('pays by itself when the waiting days are over, once', async () => {
  const shop = await openShop({ ...moneyBack, settleAfterDays: 14 });
  const order = await shop.order({ totals: [12000] });
  expect(order.rewards).toMatchObject({ earned: { amount: 0 }, pending: { amount: 500 } });
  shop.clock.advance(13 * DAY_MS - 60_000);
  await runJobs(shop.ctx);
  expect(await ledgerOf(shop)).toEqual([]);
  shop.clock.advance(120_000);
  await runJobs(shop.ctx);
  await runJobs(shop.ctx);
  expect(await ledgerOf(shop)).toEqual([['earn', 500, 500]]);
  const [told] = await shop.ctx.db.read({
    sql: "SELECT count(*) FROM outbox WHERE template = 'target_reached'",
    args: [],
  });
  expect(Number(told?.[0])).toBe(1);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('pays nothing for an order that was cancelled while it waited', async () => {
  const shop = await openShop({ ...moneyBack, settleAfterDays: 14 });
  const { number } = await shop.order({ totals: [12000] });
  await shop.event(number, { status: 'cancelled' });
  shop.clock.advance(30 * DAY_MS);
  await runJobs(shop.ctx);
  expect(await ledgerOf(shop)).toEqual([]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('closes what is over, once, and leaves the rest', async () => {
  const shop = await openShop({ ...moneyBack, expires: { months: 1 } });
  await shop.order({ totals: [12000] });
  await runJobs(shop.ctx);
  expect(await ledgerOf(shop)).toEqual([['earn', 500, 500]]);
  shop.clock.advance(65 * DAY_MS);
  await runJobs(shop.ctx);
  await runJobs(shop.ctx);
  expect(await ledgerOf(shop)).toEqual([
    ['earn', 500, 500],
    ['expire', -500, 0],
  ]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('goes on with a programme that had not reached every account', async () => {
  const shop = await openShop(moneyBack);
  await shop.order({ email: 'ann@example.com', totals: [12000] });
  await shop.order({ email: 'bob@example.com', totals: [25000] });
  const second = { ...moneyBack, id: 'extra', name: '1 for every 100', back: '1.00' };
  await setProgramme(shop.ctx, {
    currency: 'EUR',
    timeZone: 'Europe/London',
    debt: 'carry',
    rules: [moneyBack, second],
  });
  await shop.ctx.db.write([{ sql: 'UPDATE accounts SET settled_revision = -1', args: [] }]);
  await runJobs(shop.ctx, { name: 'resettle' });
  const [behind] = await shop.ctx.db.read({
    sql: 'SELECT count(*) FROM accounts WHERE settled_revision <> 2',
    args: [],
  });
  expect(Number(behind?.[0])).toBe(0);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});
