import { expect, test } from 'vitest';
import { assignListed } from '../../../functions/desk/console/customers/assign-listed.ts';
import { listCustomers } from '../../../functions/desk/console/customers/list-customers.ts';
import { HOUR_MS } from '../../../functions/ground/platform/calendar.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { removeSegment, setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { askWholly } from '../../../functions/insight/segments/work-segments.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { getCustomer } from '../../../functions/people/customers/get-customer.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { assignMany } from '../../../functions/people/managers/assign-many.ts';
import { getManaged } from '../../../functions/people/managers/get-managed.ts';
import { assignLeft, getManagersDesk } from '../../../functions/people/managers/get-managers-desk.ts';
import { setManagerRules } from '../../../functions/people/managers/set-rules.ts';
import { workRules } from '../../../functions/people/managers/work-rules.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { customersAsked } from '../../../src/words/customers-asked.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const bought = (count: number) => ({
  combinator: 'and',
  not: false,
  rules: [{ field: 'orders.count', operator: '>=', value: count }],
});

async function openTeam() {
  const shop = await openShop(moneyBack);
  for (const name of ['nina', 'omar', 'pia'])
    await addStaff(shop.ctx, { email: `${name}@shop.example`, role: 'agent', name });
  await addStaff(shop.ctx, { email: 'ada@shop.example', role: 'analyst', name: 'ada' });
  return shop;
}

const as = async ({ ctx }: Shop, name: string, role: Role): Promise<Context> => {
  const [row] = await ctx.db.read({ sql: 'SELECT id FROM staff WHERE name = ?', args: [name] });
  return { ...ctx, actor: { kind: 'staff', id: String(row?.[0]), role } };
};

const rowsIn = async ({ ctx }: Shop, sql: string) =>
  (await ctx.db.read({ sql, args: [] })).map((row) => row.join(' '));

/** Who has an account, and whether by rule. */
async function holder({ ctx }: Shop, rootId: string): Promise<string | null> {
  const { accounts } = await getManaged(ctx, { rootId });
  const now = accounts[0]?.now;
  return now ? `${now.name}${now.segmentId === null ? '' : ` by ${now.segmentId}`}` : null;
}

async function settle({ ctx, clock }: Shop, ...segments: string[]) {
  await workFacts(ctx);
  for (const id of segments) await askWholly(ctx, id);
  clock.advance(1);
  await workRules(ctx);
}

test('has one manager by hand, with who gave it, when and why, in history and log', async () => {
  const shop = await openTeam();
  const { customerId, accountId } = await shop.order();
  const nina = await as(shop, 'nina', 'owner');
  await assignManager(nina, { accountId, manager: 'omar@shop.example', why: 'speaks French' });
  await assignManager(nina, { accountId, manager: 'omar@shop.example', why: 'speaks French' });
  shop.clock.advance(1000);
  await assignManager(nina, { accountId, manager: 'pia@shop.example' });
  const { accounts } = await getManaged(shop.ctx, { rootId: accountId });
  expect(accounts[0]?.now).toMatchObject({ name: 'pia', by: 'nina', why: null, segmentId: null });
  expect(accounts[0]?.past).toMatchObject([{ name: 'omar', why: 'speaks French', until: shop.clock.now() }]);
  expect(await getCustomer(shop.ctx, { id: customerId })).toMatchObject({
    manager: { email: 'pia@shop.example', name: 'pia' },
  });
  const kinds = await rowsIn(shop, `SELECT kind FROM history WHERE kind LIKE 'manager%'`);
  expect(kinds).toEqual(['manager_given', 'manager_given']);
  expect(await rowsIn(shop, `SELECT act FROM audit_log WHERE act LIKE 'manager%'`)).toHaveLength(2);
  await expect(assignManager(nina, { accountId, manager: 'nobody@shop.example' })).rejects.toMatchObject({
    errors: [{ path: 'manager', code: 'unknown' }],
  });
  await expect(assignManager(nina, { accountId, manager: 'ada@shop.example' })).rejects.toMatchObject({
    errors: [{ path: 'manager', code: 'only_reads' }],
  });
});

test('is given by owners and managers, and by agents where the business says so', async () => {
  const shop = await openTeam();
  const { accountId } = await shop.order();
  const give = async (role: Role) =>
    assignManager(await as(shop, 'nina', role), { accountId, manager: 'omar@shop.example' });
  await expect(give('agent')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(give('analyst')).rejects.toMatchObject({ code: 'forbidden' });
  await setPolicy(shop.ctx, 'whoAssignsManagers', 'team');
  await give('agent');
  await expect(give('analyst')).rejects.toMatchObject({ code: 'forbidden' });
  expect(await holder(shop, accountId)).toBe('omar');
});

test('follows the first rule that holds, and moves with the segment, but never from a hand', async () => {
  const shop = await openTeam();
  const { ctx } = shop;
  const ann = await shop.order({ email: 'ann@example.com' });
  const bob = await shop.order({ email: 'bob@example.com' });
  const cai = await shop.order({ email: 'cai@example.com' });
  await workFacts(ctx);
  await setSegment(ctx, { id: 'some', definition: bought(1) });
  await setSegment(ctx, { id: 'more', definition: bought(2) });
  await assignManager(ctx, { accountId: cai.accountId, manager: 'nina@shop.example' });
  await settle(shop, 'some', 'more');
  await setManagerRules(ctx, {
    rules: [
      { segmentId: 'more', manager: 'omar@shop.example' },
      { segmentId: 'some', manager: 'pia@shop.example' },
    ],
  });
  const holders = async () => [
    await holder(shop, ann.accountId),
    await holder(shop, bob.accountId),
    await holder(shop, cai.accountId),
  ];
  expect(await holders()).toEqual(['pia by some', 'pia by some', 'nina']);
  for (const email of ['ann@example.com', 'cai@example.com']) await shop.order({ email });
  await settle(shop, 'some', 'more');
  expect(await holders()).toEqual(['omar by more', 'pia by some', 'nina']);
  await assignManager(ctx, { accountId: cai.accountId, manager: null });
  expect(await holder(shop, cai.accountId)).toBe('omar by more');
  await expect(removeSegment(ctx, { id: 'some' })).rejects.toMatchObject({ code: 'segment_in_use' });
  await setManagerRules(ctx, { rules: [] });
  expect(await holders()).toEqual([null, null, null]);
  const moved = await rowsIn(
    shop,
    `SELECT count(*) FROM history WHERE kind LIKE 'manager%' AND account_id = '${bob.accountId}'`,
  );
  expect(moved).toEqual(['2']);
});

test('refuses rules for nobody, for a segment twice, and for one that asks about managers', async () => {
  const shop = await openTeam();
  const { ctx } = shop;
  const { accountId } = await shop.order();
  await workFacts(ctx);
  const ofNina = {
    combinator: 'and',
    not: false,
    rules: [{ field: 'account.manager', operator: '=', value: 'nina@shop.example' }],
  };
  await setSegment(ctx, { id: 'of-nina', definition: ofNina });
  await setSegment(ctx, {
    id: 'in',
    definition: { ...ofNina, rules: [{ field: 'segment', operator: '=', value: 'of-nina' }] },
  });
  await setSegment(ctx, { id: 'some', definition: bought(1) });
  const rule = (segmentId: string, manager = 'omar@shop.example') => ({ segmentId, manager });
  await expect(
    setManagerRules(ctx, {
      rules: [rule('some'), rule('some'), rule('in'), rule('none', 'ada@shop.example')],
    }),
  ).rejects.toMatchObject({
    errors: [
      { path: 'rules.1.segmentId', code: 'repeated' },
      { path: 'rules.2.segmentId', code: 'circular' },
      { path: 'rules.3.segmentId', code: 'unknown_segment' },
      { path: 'rules.3.manager', code: 'only_reads' },
    ],
  });
  await settle(shop, 'some');
  await setManagerRules(ctx, { rules: [rule('some')] });
  await setSegment(ctx, { id: 'some', definition: ofNina });
  shop.clock.advance(HOUR_MS);
  await workRules(ctx);
  expect((await getManagersDesk(ctx)).rules).toMatchObject([{ idle: 'asks_manager' }]);
  await assignManager(ctx, { accountId, manager: 'nina@shop.example' });
  await settle(shop, 'of-nina');
  expect(await rowsIn(shop, `SELECT account_id FROM audience_entries WHERE segment_id = 'of-nina'`)).toEqual([
    accountId,
  ]);
});

test('gives many at once, departments too, and leaves those of a hand unless told', async () => {
  const shop = await openTeam();
  const { ctx } = shop;
  const ann = await shop.order({ email: 'ann@example.com' });
  const bob = await shop.order({ email: 'bob@example.com', account: 'ACME', department: 'Paris' });
  await shop.order({ email: 'bob@example.com', account: 'ACME', department: 'Lyon' });
  await assignManager(ctx, { accountId: ann.accountId, manager: 'nina@shop.example' });
  const departments = await rowsIn(shop, `SELECT id FROM accounts WHERE kind = 'department'`);
  const accountIds = [ann.accountId, ...departments, 'nothing'];
  expect(await assignMany(ctx, { accountIds, manager: 'omar@shop.example' })).toEqual({
    given: 2,
    same: 0,
    kept: 1,
    left: 1,
  });
  expect(await getCustomer(ctx, { id: bob.customerId })).toMatchObject({ manager: { name: 'omar' } });
  const nina = await as(shop, 'nina', 'manager');
  const asked = { ...customersAsked(new URLSearchParams()), manager: 'mine' };
  expect(
    (await listCustomers(nina, asked, null)).items.map(({ email, manager }) => [email, manager]),
  ).toEqual([['ann@example.com', 'nina']]);
  expect(
    await assignListed(nina, { asked, manager: 'pia@shop.example', why: null, isAlsoByHand: true }),
  ).toMatchObject({ given: 1 });
  expect((await listCustomers(nina, asked, null)).total).toBe(0);
});

test('waits for another when the manager leaves the team, and shows nobody who left', async () => {
  const shop = await openTeam();
  const { ctx } = shop;
  const { accountId, customerId } = await shop.order();
  await assignManager(ctx, { accountId, manager: 'nina@shop.example' });
  await disableStaff(ctx, { email: 'nina@shop.example' });
  expect(await getCustomer(ctx, { id: customerId })).toMatchObject({ manager: null });
  const [left] = (await getManagersDesk(ctx)).left;
  expect(left).toMatchObject({ name: 'nina', accounts: 1 });
  const waiting = ctx.house.waiting.find(({ what }) => what === 'without_manager');
  expect(await ctx.db.read({ sql: waiting?.rows ?? '', args: [] })).toHaveLength(1);
  expect(await assignLeft(ctx, { staffId: left?.staffId ?? '', manager: 'omar@shop.example' })).toMatchObject(
    { given: 1 },
  );
  expect(await holder(shop, accountId)).toBe('omar');
  expect((await getManagersDesk(ctx)).left).toEqual([]);
});
