import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { getBusiness } from '../../../functions/money/business/business.ts';
import { setSetting, showSettings } from '../../../functions/money/business/settings.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { recordOrder } from '../../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../../functions/money/orders/schema.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { createTestContext } from '../../support/test-context.ts';

const fiveForHundred = {
  id: 'money-back',
  name: '5 back for every 100',
  scheme: 'every',
  spend: '100.00',
  back: '5.00',
  period: 'lifetime',
  from: '2025-01-01',
};
const programme = (...rules: object[]) => ({ currency: 'EUR', timeZone: 'Europe/Paris', rules });

let ctx: Context;
beforeEach(async () => {
  ctx = await createTestContext({ actor: { kind: 'system', name: 'test' } });
});

let orders = 0;
async function buy(placedAt: string, amount: number, currency = 'EUR') {
  orders += 1;
  const money = { amount, currency };
  const order = {
    source: 'till',
    number: `N-${orders}`,
    placedAt,
    currency,
    status: 'delivered',
    customer: { email: 'ann@x.example' },
    lines: [{ id: '1', total: money }],
  };
  return recordOrder(ctx, recordOrderInput.parse(order));
}

async function ledgerRows() {
  const sql = 'SELECT kind, amount_minor, rule_id, version FROM ledger ORDER BY seq';
  return (await ctx.db.read({ sql, args: [] })).map(([kind, amount, rule, version]) => [
    kind,
    Number(amount),
    `${rule}@${version}`,
  ]);
}

async function tableSizes() {
  const count = (table: string) => `(SELECT count(*) FROM ${table})`;
  const tables = ['programmes', 'rule_versions', 'ledger', 'history', 'counted_spend', 'settings'];
  return (await ctx.db.read({ sql: `SELECT ${tables.map(count).join(', ')}`, args: [] }))[0]?.map(Number);
}

describe('setProgramme', () => {
  it('pays at once what orders recorded before have reached', async () => {
    await buy('2026-01-10T10:00:00Z', 15000);
    await buy('2026-01-11T10:00:00Z', 16000);
    const set = await setProgramme(ctx, programme(fiveForHundred));
    expect(set.posted).toEqual({ netMinor: 1500n, entries: 2, accounts: 1 });
    expect(await ledgerRows()).toEqual([
      ['earn', 500, 'money-back@1'],
      ['earn', 1000, 'money-back@1'],
    ]);
    expect(await verify(ctx)).toMatchObject({ differences: 0 });
  });

  it('does nothing when the file says the same', async () => {
    await buy('2026-01-10T10:00:00Z', 15000);
    await setProgramme(ctx, programme(fiveForHundred));
    const before = await tableSizes();
    const again = await setProgramme(ctx, programme({ ...fiveForHundred, pays: 'credit', for: 'everyone' }));
    expect(again).toMatchObject({ isChanged: false, revision: 1, posted: { entries: 0 } });
    expect(await tableSizes()).toEqual(before);
  });

  it('computes the same in a dry run and writes nothing', async () => {
    await buy('2026-01-10T10:00:00Z', 25000);
    const before = await tableSizes();
    const dry = await setProgramme(ctx, programme(fiveForHundred), { isDryRun: true });
    expect(dry.posted).toEqual({ netMinor: 1000n, entries: 1, accounts: 1 });
    expect(await tableSizes()).toEqual(before);
  });

  it('replaces a version nothing was counted under', async () => {
    await setProgramme(ctx, programme(fiveForHundred));
    const set = await setProgramme(ctx, programme({ ...fiveForHundred, back: '7.00', from: '2024-06-01' }));
    expect(set.rules).toEqual([{ id: 'money-back', version: 1, change: 'changed' }]);
    await buy('2026-01-10T10:00:00Z', 10000);
    expect(await ledgerRows()).toEqual([['earn', 700, 'money-back@1']]);
  });

  it('refuses to change what orders were counted under, naming the first free day', async () => {
    await setProgramme(ctx, programme(fiveForHundred));
    await buy('2026-01-10T10:00:00Z', 10000);
    const before = await tableSizes();
    const changed = programme({ ...fiveForHundred, back: '7.00', from: '2026-01-10' });
    await expect(setProgramme(ctx, changed)).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'rules.0.from', message: expect.stringContaining('2026-01-11') }],
    });
    expect(await tableSizes()).toEqual(before);
  });

  it('starts a new lifetime count with a changed rule and leaves earlier orders with the old one', async () => {
    await setProgramme(ctx, programme(fiveForHundred));
    await buy('2026-01-10T10:00:00Z', 15000);
    await setProgramme(ctx, programme({ ...fiveForHundred, back: '7.00', from: '2026-02-01' }));
    await buy('2026-01-20T10:00:00Z', 5000);
    await buy('2026-02-02T10:00:00Z', 10000);
    expect(await ledgerRows()).toEqual([
      ['earn', 500, 'money-back@1'],
      ['earn', 500, 'money-back@1'],
      ['earn', 700, 'money-back@2'],
    ]);
    expect(await verify(ctx)).toMatchObject({ differences: 0 });
  });

  it('renames a rule in any language without another version', async () => {
    await setProgramme(ctx, programme(fiveForHundred));
    await buy('2026-01-10T10:00:00Z', 10000);
    const name = { en: 'Money back', uk: 'Повернення' };
    const set = await setProgramme(ctx, programme({ ...fiveForHundred, name }));
    expect(set).toMatchObject({ isChanged: true, rules: [{ version: 1, change: 'renamed' }] });
    const versions = (await getBusiness(ctx)).programme?.versions;
    expect(versions).toMatchObject([{ version: 1, rule: { name } }]);
    const again = await setProgramme(ctx, programme({ ...fiveForHundred, name }));
    expect(again).toMatchObject({ isChanged: false, rules: [{ change: 'unchanged' }] });
    await setProgramme(ctx, programme({ ...fiveForHundred, back: '6.00', from: '2026-01-11', name: 'Six' }));
    expect((await getBusiness(ctx)).programme?.versions).toMatchObject([
      { version: 1, rule: { name } },
      { version: 2, rule: { name: 'Six' } },
    ]);
    expect(await verify(ctx)).toMatchObject({ differences: 0 });
  });

  it('ends a missing rule with the business day', async () => {
    const other = { ...fiveForHundred, id: 'other', name: 'Other', back: '1.00' };
    await setProgramme(ctx, programme(fiveForHundred, other));
    await buy('2026-01-10T10:00:00Z', 10000);
    const set = await setProgramme(ctx, programme(fiveForHundred));
    expect(set.rules).toContainEqual({ id: 'other', version: 1, change: 'ended' });
    await buy('2026-03-01T10:30:00Z', 10000);
    await buy('2026-03-01T23:30:00Z', 10000);
    const ofOther = (await ledgerRows()).filter(([, , rule]) => rule === 'other@1');
    expect(ofOther).toEqual([
      ['earn', 100, 'other@1'],
      ['earn', 100, 'other@1'],
    ]);
    expect(await verify(ctx)).toMatchObject({ differences: 0 });
  });

  it('reads days without a clock time in the business time it sets', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'regulars-')), 'orders.csv');
    writeFileSync(
      file,
      'order_number,placed_at,customer_email,currency,line_total\nA-1,2026-01-31,ann@x.example,EUR,100.00\n',
    );
    await importOrders(ctx, { path: file });
    const monthly = { ...programme({ ...fiveForHundred, period: 'month' }), timeZone: 'America/New_York' };
    await setProgramme(ctx, monthly);
    const rows = await ctx.db.read({ sql: 'SELECT placed_at FROM orders', args: [] });
    expect(rows).toEqual([[BigInt(Date.UTC(2026, 0, 31, 5))]]);
    const periods = await ctx.db.read({ sql: 'SELECT period_start FROM period_totals', args: [] });
    expect(periods).toEqual([['2026-01-01']]);
  });

  it.each(['lifetime', 'month', 'membership-year'])(
    'tells in a dry run what days without a clock time earn in the business time it sets, per %s',
    async (period) => {
      const file = join(mkdtempSync(join(tmpdir(), 'regulars-')), 'orders.csv');
      const rows = ['2025-01-01', '2025-12-31', '2026-01-01'].map(
        (day, index) => `A-${index},${day},ann@x.example,EUR,80.00\n`,
      );
      writeFileSync(file, `order_number,placed_at,customer_email,currency,line_total\n${rows.join('')}`);
      await importOrders(ctx, { path: file });
      const abroad = { ...programme({ ...fiveForHundred, period }), timeZone: 'America/New_York' };
      const dry = await setProgramme(ctx, abroad, { isDryRun: true });
      expect((await setProgramme(ctx, abroad)).posted).toEqual(dry.posted);
    },
  );

  it('keeps currency and time zone once an order was counted', async () => {
    await setProgramme(ctx, programme(fiveForHundred));
    await buy('2026-01-10T10:00:00Z', 10000);
    const inDollars = { ...programme(fiveForHundred), currency: 'USD' };
    await expect(setProgramme(ctx, inDollars)).rejects.toMatchObject({ code: 'setting_is_fixed' });
    await expect(setSetting(ctx, 'timeZone', 'Asia/Tokyo')).rejects.toMatchObject({
      code: 'setting_is_fixed',
    });
    expect(await showSettings(ctx)).toEqual({ currency: 'EUR', timeZone: 'Europe/Paris' });
  });

  it('keeps the currency of a programme in force, and of credit that was given', async () => {
    await setSetting(ctx, 'currency', 'EUR');
    await buy('2026-01-10T10:00:00Z', 10000);
    await adjust(ctx, { account: 'ann@x.example', amount: 5000n, reason: 'sorry' });
    await expect(setSetting(ctx, 'currency', 'JPY')).rejects.toMatchObject({ code: 'setting_is_fixed' });
    await setProgramme(ctx, programme({ ...fiveForHundred, from: '2026-02-01' }));
    await expect(setSetting(ctx, 'currency', 'USD')).rejects.toMatchObject({ code: 'setting_is_fixed' });
    expect(await showSettings(ctx)).toMatchObject({ currency: 'EUR' });
  });

  it('keeps the currency in which something was promised', async () => {
    await setSetting(ctx, 'currency', 'EUR');
    await ctx.db.write([
      {
        sql: `INSERT INTO club_withdrawals (id, benefit_id, reason, bonus_minor, currency, at, actor)
          VALUES ('w', 'b', '{}', 500, 'EUR', 0, 'test')`,
        args: [],
      },
    ]);
    await expect(setSetting(ctx, 'currency', 'JPY')).rejects.toMatchObject({ code: 'setting_is_fixed' });
  });

  it('is not for a key, an agent or a customer', async () => {
    for (const actor of [
      { kind: 'key', id: 'k', scopes: ['orders:write'] },
      { kind: 'staff', id: 's', role: 'agent' },
      { kind: 'customer', id: 'c' },
    ] as const) {
      await expect(setProgramme({ ...ctx, actor }, programme(fiveForHundred))).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect((await tableSizes())?.[0]).toBe(0);
  });
});

it('says how many orders no rule counts, since they are in another currency', async () => {
  await buy('2025-03-01T10:00:00Z', 10_000);
  for (const day of ['02', '03']) await buy(`2025-03-${day}T10:00:00Z`, 10_000, 'USD');
  const told = await setProgramme(ctx, programme(fiveForHundred), { isDryRun: true });
  expect(told.elsewhere).toEqual([{ currency: 'USD', orders: 2 }]);
  expect(told.posted.netMinor).toBe(500n);
});
