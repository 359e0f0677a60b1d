import { expect, test } from 'vitest';
import { rename, setLanguage } from '../../../functions/desk/portal/change-profile.ts';
import { exportStatement } from '../../../functions/desk/portal/export-statement.ts';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { getStatement } from '../../../functions/desk/portal/get-statement.ts';
import { listOrders } from '../../../functions/desk/portal/list-orders.ts';
import type { StatementQuery } from '../../../functions/desk/portal/statement-types.ts';
import { turnIntoVoucher } from '../../../functions/desk/portal/turn-into-voucher.ts';
import { attempt, orNull } from '../../../src/attempt.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const all: StatementQuery = { accountId: null, kind: null, year: null, page: 1 };
const inEnglish = { ...all, language: 'en' };

test('explains every entry in lines that add up to it, newest first', async () => {
  const shop = await openShop({ ...moneyBack, expires: { months: 12 } });
  const { customerId } = await shop.order({ totals: [26000] });
  const later = await shop.order({ totals: [15000] });
  await shop.refund(later.number, '1', 14000);
  const ctx = shop.as(customerId);
  const voucher = await turnIntoVoucher(ctx, { accountId: null, amountMinor: 300n, key: 'form' });
  const statement = await getStatement(ctx, all);
  expect(statement).toMatchObject({ available: eur(700n), total: 4, page: 1, pages: 1, years: [2026] });
  expect(
    statement.entries.map(({ kind, amount, balanceAfter }) => [kind, amount.minor, balanceAfter.minor]),
  ).toEqual([
    ['redeem', -300n, 700n],
    ['clawback', -1000n, 1000n],
    ['earn', 1000n, 2000n],
    ['earn', 1000n, 1000n],
  ]);
  for (const { amount, explanation } of statement.entries) {
    expect(explanation.reduce((sum, line) => sum + line.amount.minor, 0n)).toBe(amount.minor);
  }
  expect(statement.entries[0]?.explanation).toEqual([
    { code: 'redeem', params: { cause: voucher.code }, amount: eur(-300n) },
  ]);
  expect(statement.entries[2]).toMatchObject({
    ruleName: '5 back for every 100',
    period: { start: '2025-01-01', end: null },
    order: { source: 'web', number: later.number },
    expiresAt: Date.parse('2027-02-28T23:59:59.999Z'),
  });
  expect(statement.vouchers).toEqual([voucher]);
});

test('filters by direction and by the year of business time, and pages', async () => {
  const shop = await openShop(moneyBack);
  let customerId = '';
  for (let index = 0; index < 22; index++) {
    const placedAt = index < 2 ? '2025-12-31T23:59:59Z' : undefined;
    customerId = (await shop.order({ totals: [10000], ...(placedAt && { placedAt }) })).customerId;
  }
  const ctx = shop.as(customerId);
  await turnIntoVoucher(ctx, { accountId: null, amountMinor: 500n, key: 'form' });
  const seqs = async (asked: Partial<StatementQuery>) =>
    (await getStatement(ctx, { ...all, ...asked })).entries.map(({ seq }) => seq);
  expect(await getStatement(ctx, all)).toMatchObject({ total: 23, pages: 2, years: [2026, 2025] });
  expect(await seqs({ page: 2 })).toEqual([3, 2, 1]);
  expect(await seqs({ page: 99 })).toEqual([3, 2, 1]);
  expect(await seqs({ kind: 'out' })).toEqual([23]);
  expect(await seqs({ kind: 'in', year: 2025 })).toEqual([2, 1]);
  expect(await seqs({ kind: 'out', year: 2025 })).toEqual([]);
});

test('names what is pending by rule, with its day once everything is delivered', async () => {
  const shop = await openShop({ ...moneyBack, settleAfterDays: 14 });
  const { customerId } = await shop.order({ totals: [10000], placedAt: '2026-02-28T10:00:00Z' });
  const ctx = shop.as(customerId);
  const line = { ruleName: '5 back for every 100', amount: eur(500n) };
  expect((await getStatement(ctx, all)).pendingLines).toEqual([
    { ...line, settlesAt: Date.parse('2026-03-14T10:00:00Z') },
  ]);
  await shop.order({ totals: [10000], status: 'shipped' });
  const { pendingLines, pending } = await getStatement(ctx, all);
  expect(pendingLines).toEqual([{ ...line, amount: eur(1000n), settlesAt: null }]);
  expect(pending).toEqual(eur(1000n));
});

test('names no order of another department', async () => {
  const shop = await openShop(moneyBack);
  const ann = await shop.order({ account: 'ACME', department: 'Paris', totals: [10000], number: 'P' });
  await shop.order({
    email: 'bob@x.example',
    account: 'ACME',
    department: 'Lyon',
    totals: [10000],
    number: 'L',
  });
  await shop.confirm(ann);
  const { entries, available } = await getStatement(shop.as(ann.customerId), all);
  expect(available).toEqual(eur(1000n));
  expect(entries.map(({ order }) => order?.number ?? null)).toEqual([null, 'P']);
  expect(await exportStatement(shop.as(ann.customerId), inEnglish)).not.toContain('L,');
});

test('is nobody else’s', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ totals: [10000] });
  const { accountId } = await shop.order({ email: 'bob@example.com', totals: [10000] });
  const ctx = shop.as(customerId);
  const asked = { ...all, accountId };
  await expect(getStatement(ctx, asked)).rejects.toMatchObject({ code: 'not_found' });
  await expect(exportStatement(ctx, { ...asked, language: 'en' })).rejects.toMatchObject({
    code: 'not_found',
  });
  const turned = turnIntoVoucher(ctx, { accountId, amountMinor: 100n, key: 'form' });
  await expect(turned).rejects.toMatchObject({ code: 'not_found' });
  expect(await orNull(getStatement(ctx, asked))).toBeNull();
  expect(await orNull(exportStatement(ctx, { ...asked, language: 'en' }))).toBeNull();
  expect(await orNull(getOverview(ctx, { accountId }))).toBeNull();
  const orders = listOrders(ctx, { accountId, search: null, state: null, year: null, page: 1 });
  expect(await orNull(orders)).toBeNull();
});

test('calls a rule by its name in the language that is asked for', async () => {
  const shop = await openShop({ ...moneyBack, name: { en: 'Money back', uk: 'Повернення' } });
  const { customerId } = await shop.order({ totals: [10000] });
  expect(await exportStatement(shop.as(customerId), inEnglish)).toContain(',Money back,');
  expect(await exportStatement(shop.as(customerId), { ...all, language: 'uk' })).toContain(',Повернення,');
});

test('exports what the filter leaves, without formulas', async () => {
  const shop = await openShop({ ...moneyBack, name: '=5 back, for all' });
  const { customerId } = await shop.order({ totals: [10000] });
  const csv = await exportStatement(shop.as(customerId), inEnglish);
  expect(csv.split('\n')).toEqual([
    '\uFEFFdate,kind,rule,source,order_number,amount,currency,balance,valid_until,because',
    `2026-02-28,earn,"'=5 back, for all",web,W-1,5.00,EUR,5.00,,`,
    '',
  ]);
});

test('turns credit into a voucher once, however often the form is sent', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ totals: [10000] });
  const ctx = shop.as(customerId);
  const form = { accountId: null, amountMinor: 400n, key: 'form' };
  const made = await Promise.all([1, 2, 3].map(() => turnIntoVoucher(ctx, form)));
  expect(new Set(made.map(({ code }) => code)).size).toBe(1);
  expect(made[0]).toMatchObject({ amount: eur(400n), minimum: null, state: 'open', expiresAt: null });
  expect((await getStatement(ctx, all)).available).toEqual(eur(100n));
  const other = turnIntoVoucher(ctx, { ...form, amountMinor: 100n });
  await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  await expect(turnIntoVoucher(ctx, { ...form, key: '' })).rejects.toMatchObject({
    code: 'idempotency_key_invalid',
  });
  const reasons = {
    insufficient_balance: 'insufficient_balance',
    idempotency_key_invalid: 'form_used',
    idempotency_key_reused: 'form_used',
  } as const;
  const refusals = [
    [{ ...form, key: 'second' }, 'insufficient_balance'],
    [{ ...form, key: '' }, 'form_used'],
    [{ ...form, amountMinor: 100n }, 'form_used'],
  ] as const;
  for (const [sent, reason] of refusals)
    expect(await attempt(turnIntoVoucher(ctx, sent), reasons)).toMatchObject({ ok: false, reason });
  expect((await getStatement(ctx, all)).vouchers).toHaveLength(1);
});

test('renames a customer and keeps their language', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order();
  const { customerId: other } = await shop.order({ email: 'bob@example.com' });
  const ctx = shop.as(customerId);
  await rename(ctx, { name: '  Ann Lee ' });
  await setLanguage(ctx, { language: 'uk' });
  const read = (id: string) =>
    shop.ctx.db.read({ sql: 'SELECT name, language FROM customers WHERE id = ?', args: [id] });
  expect(await read(customerId)).toEqual([['Ann Lee', 'uk']]);
  expect(await read(other)).toEqual([[null, null]]);
  await rename(ctx, { name: ' ' });
  expect(await read(customerId)).toEqual([[null, 'uk']]);
  await expect(setLanguage(ctx, { language: 'x'.repeat(40) })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
