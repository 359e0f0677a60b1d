import { describe, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { createCaches } from '../../../functions/ground/platform/caches.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';
import { openBusyShop } from './busy-shop.ts';
import { tamper } from './tamper.ts';

describe('verify', () => {
  test('finds nothing in a shop in which everything has happened', async () => {
    const { ctx } = await openBusyShop();
    const verified = await verify(ctx);
    expect(verified.found).toEqual([]);
    expect(verified).toMatchObject({ accounts: 3, differences: 0, waiting: 0 });
    expect(verified.entries).toBeGreaterThan(15);
    const kinds = await ctx.db.read({ sql: 'SELECT DISTINCT kind FROM ledger ORDER BY kind', args: [] });
    expect(kinds.flat()).toEqual(['adjust', 'clawback', 'earn', 'expire', 'redeem', 'reversal', 'unexpire']);
  });

  test('finds nothing in an empty database', async () => {
    const { ctx } = await openShop();
    const nothing = { accounts: 0, entries: 0, differences: 0, found: [], inDoubt: [], waiting: 0 };
    expect(await verify(ctx)).toEqual(nothing);
  });

  test('does not blame what a job has yet to settle or expire', async () => {
    const rule = { ...moneyBack, settleAfterDays: 3, expires: { months: 1 } };
    const { ctx, clock, order } = await openShop(rule);
    await order({ totals: [30_000] });
    clock.advance(10 * DAY_MS);
    expect((await verify(ctx)).found).toEqual([]);
    await order({ totals: [100] });
    clock.advance(200 * DAY_MS);
    expect((await verify(ctx)).found).toEqual([]);
  });

  test('reports accounts that wait for the newest programme, and still adds them up', async () => {
    const { ctx, order } = await openShop(moneyBack);
    await order({ totals: [30_000] });
    await ctx.db.write([{ sql: 'UPDATE accounts SET settled_revision = 0', args: [] }]);
    expect(await verify(ctx)).toMatchObject({ waiting: 1, differences: 0 });
    await tamper({ ctx }, 'UPDATE counted_spend SET counted_minor = counted_minor + 1');
    expect((await verify(ctx)).differences).toBeGreaterThan(0);
  });

  test('writes nothing', async () => {
    const { ctx } = await openBusyShop();
    const before = await ctx.db.read({ sql: 'PRAGMA data_version', args: [] });
    const changes = 'SELECT total_changes()';
    const [first] = await ctx.db.read({ sql: changes, args: [] });
    await verify(ctx);
    expect(await ctx.db.read({ sql: changes, args: [] })).toEqual([first]);
    expect(await ctx.db.read({ sql: 'PRAGMA data_version', args: [] })).toEqual(before);
  });
});

const tamperings: readonly (readonly [name: string, sql: string, what: RegExp])[] = [
  [
    'a line made dearer',
    "UPDATE order_lines SET total_minor = total_minor + 100 WHERE line_id = '1'",
    /total/,
  ],
  ['an order made dearer', 'UPDATE orders SET total_minor = total_minor + 100', /order .* total/],
  ['a discount', "UPDATE order_lines SET discount_minor = 1 WHERE line_id = '1'", /discount/],
  ['a refund taken away', 'DELETE FROM refund_lines', /refunded/],
  ['a line of an order refunded', "UPDATE order_lines SET refunded_minor = 1 WHERE line_id = '2'", /line 2/],
  ['an order refunded', 'UPDATE orders SET refunded_minor = refunded_minor + 1', /refunded/],
  ['a state', "UPDATE orders SET status = 'shipped' WHERE number = 'W-1'", /status/],
  ['a delivery', 'UPDATE orders SET delivered_at = delivered_at + 1', /delivered at/],
  ['an event taken away', "DELETE FROM order_events WHERE status = 'cancelled'", /cancelled|status/],
  ['a cancelled order put back', 'UPDATE orders SET is_cancelled = 0', /cancelled/],
  ['a held order released', 'UPDATE orders SET is_held = 0', /on hold/],
  ['a line too many', 'UPDATE orders SET line_count = line_count + 1', /lines/],
  ['another first product', "UPDATE orders SET first_product = 'X'", /first product/],
  ['an order of another account', anotherRoot(), /spend|counted|root/],
  ['spend', 'UPDATE account_spend SET spend_minor = spend_minor + 1', /spend in/],
  ['orders counted', 'UPDATE account_spend SET order_count = order_count + 1', /orders in/],
  ['a joining day', 'UPDATE accounts SET first_placed_at = first_placed_at - 1', /first placed/],
  ['counted spend', 'UPDATE counted_spend SET counted_minor = counted_minor + 1', /counted by/],
  ['counted spend taken away', 'DELETE FROM counted_spend', /counted by/],
  ['a settling moved', 'UPDATE counted_spend SET settles_at = settles_at + 1', /counted by/],
  ['settled too early', settledEarly(), /settled early/],
  ['a period moved', "UPDATE counted_spend SET period_start = '2020-01-01'", /counted by/],
  ['a total', 'UPDATE period_totals SET spend_minor = spend_minor + 1', /total .* spend/],
  ['a settled total', 'UPDATE period_totals SET settled_minor = settled_minor - 1', /total .* settled/],
  ['a posted total', 'UPDATE period_totals SET posted_minor = posted_minor + 1', /posted/],
  ['a total taken away', 'DELETE FROM period_totals', /total/],
  ['a total of nobody', "UPDATE period_totals SET root_id = 'x' || root_id", /of no account/],
  ['an entry made larger', 'UPDATE ledger SET amount_minor = amount_minor + 1 WHERE seq = 1', /ledger 1/],
  ['an entry of another kind', "UPDATE ledger SET kind = 'bonus' WHERE kind = 'earn' AND seq = 1", /hash/],
  ['an entry moved in time', 'UPDATE ledger SET effective_at = effective_at - 1', /hash/],
  ['an entry taken away', lastEntryGone(), /ledger length|balance/],
  ['an entry of another order', "UPDATE ledger SET order_number = 'W-99' WHERE seq = 1", /hash/],
  ['an explanation', 'UPDATE ledger SET spend_after_minor = 0', /explanation/],
  ['a running balance', 'UPDATE ledger SET balance_after_minor = balance_after_minor + 1', /balance after/],
  ['another currency', "UPDATE ledger SET currency = 'USD'", /currency/],
  ['a hash', "UPDATE ledger SET hash = 'x' WHERE seq = 2", /hash/],
  ['a balance', 'UPDATE accounts SET balance_minor = balance_minor + 1', /balance/],
  ['the length of a ledger', 'UPDATE accounts SET ledger_seq = ledger_seq + 1', /ledger length/],
  ['the end of a chain', "UPDATE accounts SET ledger_hash = 'x'", /ledger hash/],
  ['what is left of a lot', 'UPDATE lots SET remaining_minor = 0', /lot/],
  ['the end of a lot', 'UPDATE lots SET expires_at = 1', /lot/],
  ['a lot taken away', 'DELETE FROM lots WHERE seq = 1', /lot 1/],
  ['a redemption made smaller', 'UPDATE redemptions SET amount_minor = 1', /cause|conservation/],
  ['a redemption taken away', "DELETE FROM redemptions WHERE kind = 'till'", /cause|reversal/],
  ['what a redemption took', "UPDATE redemptions SET taken = '[]'", /cause/],
  ['a reversal taken away', 'DELETE FROM reversals', /cause/],
  ['a reversal of another', 'UPDATE reversals SET entry_seq = entry_seq + 1', /ledger|cause/],
  ['an adjustment taken away', 'DELETE FROM adjustments', /cause/],
  ['an adjustment of nothing', 'UPDATE adjustments SET entry_seq = 99', /adjust/],
  ['a voucher made dearer', 'UPDATE vouchers SET amount_minor = amount_minor + 1', /voucher|cause/],
  ['a voucher taken away', 'DELETE FROM vouchers', /cause|voucher/],
  ['a voucher used beyond its worth', 'UPDATE voucher_uses SET amount_minor = 99999', /voucher used/],
  ['a row of history taken away', 'DELETE FROM history WHERE seq = 1', /history/],
  ['a row of history too many', moreHistory(), /history/],
  ['a change taken away', 'DELETE FROM feed_changes WHERE position = 2', /not in the feed/],
  ['a follower ahead', 'UPDATE feed_positions SET position = 9999', /beyond the newest change/],
  [
    'a rule',
    `UPDATE rule_versions SET definition = replace(definition, '"5.00"', '"6.00"')`,
    /posted|explan/,
  ],
];

describe('verify finds', () => {
  test.each(tamperings)('%s', async (_name, sql, what) => {
    const shop = await openBusyShop();
    await tamper(shop, sql);
    const { ctx } = shop;
    const { differences, found } = await verify({ ...ctx, cache: createCaches() });
    expect(differences).toBeGreaterThan(0);
    expect(found.map(({ what: one }) => one).join('\n')).toMatch(what);
    expect(found.every(({ expected, found: kept }) => expected !== kept)).toBe(true);
  });
});

describe('adjust', () => {
  test('gives and takes, never more than is there, to an account by any of its names', async () => {
    const { ctx, order } = await openShop(moneyBack);
    const { accountId } = await order({ totals: [1000], account: 'ACME' });
    const reason = 'Goodwill';
    expect(await adjust(ctx, { account: 'ACME', amount: 500n, reason })).toMatchObject({ balance: 500n });
    expect(await adjust(ctx, { account: accountId, amount: -200n, reason })).toMatchObject({ balance: 300n });
    await expect(adjust(ctx, { account: 'ACME', amount: -301n, reason })).rejects.toMatchObject({
      code: 'insufficient_balance',
      message: 'Only 3.00 EUR are available; 3.01 EUR cannot be taken.',
    });
    await expect(adjust(ctx, { account: 'nobody', amount: 1n, reason })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(adjust(ctx, { account: 'ACME', amount: 0n, reason })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    await expect(adjust(ctx, { account: 'ACME', amount: 1n, reason: ' ' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect((await verify(ctx)).found).toEqual([]);
  });
});

function anotherRoot(): string {
  return `UPDATE orders SET root_id = (SELECT id FROM accounts WHERE name = 'ACME') WHERE number = 'W-1'`;
}

function settledEarly(): string {
  return 'UPDATE counted_spend SET is_settled = 1 WHERE is_settled = 0';
}

function lastEntryGone(): string {
  return 'DELETE FROM ledger WHERE (account_id, seq) IN (SELECT account_id, max(seq) FROM ledger GROUP BY 1)';
}

function moreHistory(): string {
  return `INSERT INTO history SELECT account_id, max(seq) + 1, at, kind, actor, order_id, detail, programme_revision
    FROM history GROUP BY account_id`;
}
