import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import { createApp } from '../../../functions/app.ts';
import { getCustomer } from '../../../functions/desk/console/get-customer.ts';
import { downloadLooks } from '../../../functions/desk/console/looks/download-looks.ts';
import { type LooksAsked, listLooks } from '../../../functions/desk/console/looks/list-looks.ts';
import { getConsoleOrder } from '../../../functions/desk/console/orders/get-console-order.ts';
import { getTillCustomer } from '../../../functions/desk/console/till/get-till-customer.ts';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { keepPeriods } from '../../../functions/desk/privacy/keep-periods.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { createLookBook } from '../../../functions/people/looks/look-book.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { scansOf } from '../../support/scans-of.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const all: LooksAsked = { actor: null, customer: null, day: null, after: null };
const MINUTE_MS = 60_000;

async function setUp() {
  const looks = createLookBook({ gather_ms: 60_000 });
  const { clock, ...shop } = await openShop(moneyBack);
  const ctx: Context = { ...shop.ctx, looks };
  const ann = await shop.order({ customer: { email: 'ann@example.com', name: 'Ann' }, totals: [5000] });
  await addStaff(ctx, { email: 'olha@example.com', role: 'owner' });
  const [[id] = []] = await ctx.db.read(statement('SELECT id FROM staff'));
  const as = (role: Role, memberId = String(id)): Context => ({
    ...ctx,
    actor: { kind: 'staff', id: memberId, role },
  });
  const seen = async (asked: Partial<LooksAsked> = {}) => {
    await looks.end();
    const { items } = await listLooks(as('owner'), { ...all, ...asked });
    return items.map(({ actor, customer, what }) => `${actor.name} ${customer.email} ${what}`);
  };
  return { clock, looks, ctx, as, seen, ann };
}

const file = { accountId: null, ordersPage: 1, historyPage: 1 };

test('who opens the page of a customer, an order or a sale stands there, once in a quarter of an hour', async () => {
  const { as, seen, ann, clock } = await setUp();
  const agent = as('agent');
  await getCustomer(agent, { ...file, customerId: ann.customerId });
  await getCustomer(agent, { ...file, customerId: ann.customerId });
  clock.advance(MINUTE_MS);
  await getConsoleOrder(agent, { source: ann.source, number: ann.number });
  clock.advance(MINUTE_MS);
  await getTillCustomer(agent, { customerId: ann.customerId, accountId: null });
  const first = ['till', 'order', 'page'].map((what) => `olha@example.com ann@example.com ${what}`);
  expect(await seen()).toEqual(first);
  clock.advance(14 * MINUTE_MS);
  await getCustomer(agent, { ...file, customerId: ann.customerId });
  expect(await seen()).toEqual([`olha@example.com ann@example.com page`, ...first]);
});

test('a look of another process within the same minutes is no second line', async () => {
  const { ctx, as, seen, ann } = await setUp();
  await getCustomer(as('agent'), { ...file, customerId: ann.customerId });
  expect(await seen()).toHaveLength(1);
  const other = createLookBook({ gather_ms: 60_000 });
  await getCustomer({ ...as('agent'), looks: other }, { ...file, customerId: ann.customerId });
  await other.end();
  expect(await seen()).toHaveLength(1);
  await getCustomer({ ...as('agent', 's2'), looks: other }, { ...file, customerId: ann.customerId });
  await other.end();
  expect(await ctx.db.read(statement('SELECT count(*) FROM customer_looks'))).toEqual([[2n]]);
});

test('what customers read of themselves is not noted, nor what a command does', async () => {
  const { ctx, seen, ann } = await setUp();
  await getOverview({ ...ctx, actor: { kind: 'customer', id: ann.customerId } }, { accountId: null });
  await getCustomer(ctx, { ...file, customerId: ann.customerId });
  expect(await seen()).toEqual([]);
});

test('a program that asks for a customer is noted under the name of its key', async () => {
  const { ctx, looks, seen, ann } = await setUp();
  const { key } = await addKey(ctx, { name: 'Newsletter', scopes: ['customers:read'] });
  const app = createApp({ runtime: { ...ctx, looks }, openStore: () => ctx.db });
  const headers = { Authorization: `Bearer ${key}` };
  const paths = [`/${ann.customerId}`, `/${ann.customerId}/balance`, '?email=ann@example.com'];
  for (const path of paths)
    expect((await app.request(`/api/v1/customers${path}`, { headers })).status).toBe(200);
  expect(await seen()).toEqual(['Newsletter ann@example.com program']);
});

test('nothing is written for a look until its batch is, and one that fails goes with the next', async () => {
  const { ctx, as, looks, seen, ann } = await setUp();
  let writes = 0;
  const away: Store = {
    ...ctx.db,
    write: async () => {
      writes += 1;
      throw new StoreUnavailable('away');
    },
  };
  await getCustomer({ ...as('agent'), db: away }, { ...file, customerId: ann.customerId });
  expect(writes).toBe(0);
  await looks.end();
  expect(writes).toBe(1);
  await getConsoleOrder(as('agent'), { source: ann.source, number: ann.number });
  expect((await seen()).toSorted()).toEqual([
    'olha@example.com ann@example.com order',
    'olha@example.com ann@example.com page',
  ]);
});

test('the list is filtered by who and whose, for owners alone, and goes out as a file that the log knows', async () => {
  const { ctx, as, seen, ann } = await setUp();
  await getCustomer(as('agent'), { ...file, customerId: ann.customerId });
  expect(await seen({ actor: 'OLHA@example.com' })).toHaveLength(1);
  expect(await seen({ actor: 'nobody@example.com' })).toEqual([]);
  expect(await seen({ customer: 'ann@example.com' })).toHaveLength(1);
  expect(await seen({ customer: ann.customerId })).toHaveLength(1);
  expect(await seen({ customer: 'bob@example.com' })).toEqual([]);
  expect(await seen({ day: '2026-03-01' })).toHaveLength(1);
  expect(await seen({ day: '2026-03-02' })).toEqual([]);
  await expect(listLooks(as('manager'), all)).rejects.toMatchObject({ code: 'forbidden' });
  const csv = await new Response(await downloadLooks(as('owner'), all)).text();
  expect(csv.split('\n')[1]).toContain(`staff,olha@example.com,page,${ann.customerId},Ann,ann@example.com`);
  const acts = await ctx.db.read(statement("SELECT act FROM audit_log WHERE act = 'looks.exported'"));
  expect(acts).toEqual([['looks.exported']]);
});

test('what is older than the business keeps is forgotten, unless it keeps all', async () => {
  const { ctx, as, seen, ann, clock } = await setUp();
  await getCustomer(as('agent'), { ...file, customerId: ann.customerId });
  expect(await seen()).toHaveLength(1);
  clock.advance(750 * 24 * 60 * MINUTE_MS);
  await setPolicy(ctx, 'looksMonths', 'always');
  expect(await keepPeriods(ctx)).toEqual({});
  await setPolicy(ctx, 'looksMonths', '24');
  expect(await keepPeriods(ctx)).toEqual({ looksMonths: 1 });
  expect(await seen()).toEqual([]);
});

test('no list of looks goes through the table whole', async () => {
  const { as } = await setUp();
  for (const asked of [{ customer: 'a@example.com' }, { actor: 'o@example.com' }, { day: '2026-03-01' }]) {
    const scans = await scansOf((db) => listLooks({ ...as('owner'), db }, { ...all, ...asked }));
    expect(scans.filter((step) => step.includes('customer_looks') && !step.includes('INDEX'))).toEqual([]);
  }
});
