import { afterAll, beforeAll, expect, test } from 'vitest';
import { isDemo } from '../../../functions/desk/demo/is-demo.ts';
import { demoSignIns, loadDemo } from '../../../functions/desk/demo/load-demo.ts';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { listOrders } from '../../../functions/desk/portal/list-orders.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { listCreditRequests } from '../../../functions/money/credits/list-credit-requests.ts';
import { listPayouts } from '../../../functions/money/redemptions/payouts/list-payouts.ts';
import { findCustomers } from '../../../functions/people/customers/find-customers.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { codeOf } from '../../../functions/people/sign-in/challenge.ts';
import { requestSignIn } from '../../../functions/people/sign-in/request-sign-in.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { listStaff } from '../../../functions/people/staff/list-staff.ts';
import { createTestContext } from '../../support/test-context.ts';
import { openTestFile } from '../../support/test-store.ts';

const asking = { language: 'en', browserToken: 'b'.repeat(32), clientAddress: '192.0.2.7', isForStaff: true };

let ctx: Context;
let loaded: { customers: number; orders: number };
let remove: () => void;

beforeAll(async () => {
  const file = await openTestFile();
  remove = file.remove;
  ctx = await createTestContext({ store: file.store, now: () => Date.UTC(2026, 4, 20, 10, 30) });
  loaded = await loadDemo(ctx);
}, 60_000);

afterAll(() => remove());

const count = async (sql: string) => Number((await ctx.db.read({ sql, args: [] }))[0]?.[0]);

test('brings some 200 customers and two years of orders', () => {
  expect(loaded.customers).toBeGreaterThan(190);
  expect(loaded.orders).toBeGreaterThan(1200);
});

test('verifies with no difference', async () => {
  expect(await verify(ctx)).toMatchObject({ differences: 0, waiting: 0, accounts: loaded.customers - 2 });
});

test('has orders in every state a customer can meet', async () => {
  const rows = await ctx.db.read({ sql: 'SELECT DISTINCT status FROM order_events', args: [] });
  expect(rows.map(([status]) => status).sort()).toEqual([
    'cancelled',
    'confirmed',
    'delayed',
    'delivered',
    'delivery_failed',
    'on_hold',
    'out_for_delivery',
    'packed',
    'placed',
    'ready_for_pickup',
    'released',
    'return_approved',
    'return_refused',
    'return_requested',
    'returned',
    'shipped',
  ]);
  expect(await count("SELECT count(*) FROM orders WHERE status = 'partly_refunded'")).toBeGreaterThan(0);
  expect(await count("SELECT count(*) FROM order_events WHERE parcel = '2'")).toBeGreaterThan(0);
  expect(await count("SELECT count(*) FROM orders WHERE currency = 'EUR'")).toBeGreaterThan(0);
});

test('knows nothing of the future', async () => {
  for (const column of ['order_events.at', 'refunds.at', 'ledger.effective_at', 'history.at']) {
    const [table] = column.split('.');
    expect(await count(`SELECT count(*) FROM ${table} WHERE ${column} > ${ctx.now()}`)).toBe(0);
  }
});

test('leaves no mail waiting', async () => {
  expect(await count('SELECT count(*) FROM outbox WHERE sent_at IS NULL')).toBe(0);
});

test('has open, used, expired and cancelled vouchers and every kind of entry but forgiveness', async () => {
  const isGone = `code IN (SELECT code FROM voucher_uses) OR code IN (SELECT code FROM voucher_cancellations)`;
  const open = `SELECT count(*) FROM vouchers WHERE NOT (${isGone}) AND expires_at`;
  expect(await count(`${open} > ${ctx.now()}`)).toBeGreaterThan(0);
  expect(await count(`${open} < ${ctx.now()}`)).toBeGreaterThan(0);
  expect(await count('SELECT count(*) FROM voucher_uses')).toBeGreaterThan(0);
  const kinds = await ctx.db.read({ sql: 'SELECT DISTINCT kind FROM ledger', args: [] });
  expect(kinds.map(([kind]) => kind)).toEqual(
    expect.arrayContaining(['earn', 'clawback', 'redeem', 'reversal', 'expire', 'adjust']),
  );
});

test('shows Anna credit, pending rewards, something that lapses soon and a voucher', async () => {
  const overview = await overviewOf('anna@post.example');
  expect(overview.available.minor).toBeGreaterThan(0n);
  expect(overview.pending.minor).toBeGreaterThan(0n);
  expect(overview.expiringSoon.length).toBeGreaterThan(0);
  expect(overview.vouchers.some(({ state }) => state === 'open')).toBe(true);
  expect(overview.accounts.map(({ name }) => name)).toEqual([null, 'Kovalenko & Reed']);
});

test('has a customer in debt and one without orders', async () => {
  const { items } = await findCustomers(ctx, { email: 'viktor@post.example' });
  const balance = await getBalance(ctx, { customerId: items[0]?.id ?? '' });
  expect(balance.debt.amount).toBeGreaterThan(0);
  const leo = await as('leo@post.example');
  const none = { accountId: null, search: null, year: null, state: null, page: 1 };
  expect((await listOrders(leo, none)).total).toBe(0);
});

test('has a team that nobody can sign in as before a link is made for them', async () => {
  expect((await listStaff(ctx)).map(({ email, role }) => [email.split('@')[0], role])).toEqual([
    ['maryna', 'manager'],
    ['olena', 'owner'],
    ['petro', 'agent'],
    ['yurii', 'analyst'],
  ]);
  expect(
    await count("SELECT count(*) FROM sign_in_challenges WHERE purpose = 'staff' AND consumed_at IS NULL"),
  ).toBe(0);
  expect(await count("SELECT count(*) FROM sessions WHERE kind = 'staff'")).toBe(0);
  const email = 'olena@fernandkettle.example';
  const mails = `SELECT count(*) FROM outbox WHERE address = '${email}'`;
  const { challengeId } = await requestSignIn(ctx, { ...asking, email });
  expect(await count(mails)).toBe(0);
  const code = codeOf(ctx.config.secret, challengeId);
  const { browserToken, clientAddress } = asking;
  const proof = verifyCode(ctx, { challengeId, code, browserToken, clientAddress });
  await expect(proof).rejects.toMatchObject({ code: 'challenge_expired' });
  await addStaff(ctx, { email, role: 'owner' });
  await requestSignIn(ctx, { ...asking, email });
  expect(await count(mails)).toBe(1);
});

test('has something waiting for its team, and a case that is somebody’s', async () => {
  const manager: Context = { ...ctx, actor: { kind: 'staff', id: 'any', role: 'manager' } };
  const kindsIn = async (state: 'to_pay' | 'paid') =>
    (await listPayouts(manager, { state })).items.map(({ kind }) => kind);
  expect(await kindsIn('to_pay')).toEqual(['donation', 'payout']);
  expect(await kindsIn('paid')).toEqual(['donation']);
  expect(await listCreditRequests(manager)).toHaveLength(1);
  expect(
    await count("SELECT count(*) FROM cases WHERE owner_id IS NOT NULL AND state = 'open'"),
  ).toBeGreaterThan(0);
});

test('names sign-ins that are all claimed customers', async () => {
  for (const { email } of demoSignIns) {
    const { items } = await findCustomers(ctx, { email });
    expect(items[0]).toMatchObject({ claimed: true, memberNumber: expect.any(String) });
  }
});

test('is told from a real business', async () => {
  expect(await isDemo(ctx)).toBe(true);
  expect(await isDemo(await createTestContext())).toBe(false);
});

test('refuses a database that is not empty', async () => {
  await expect(loadDemo(ctx)).rejects.toMatchObject({ code: 'database_not_empty' });
});

async function as(email: string): Promise<Context> {
  const { items } = await findCustomers(ctx, { email });
  return { ...ctx, actor: { kind: 'customer', id: items[0]?.id ?? '' } };
}

async function overviewOf(email: string) {
  return getOverview(await as(email), { accountId: null });
}
