import { expect, test } from 'vitest';
import { adjustBalance } from '../../../functions/desk/console/adjust-balance.ts';
import { decideCredit } from '../../../functions/desk/console/decide-credit.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { limitsOf } from '../../../functions/money/credits/limits.ts';
import { listCreditRequests } from '../../../functions/money/credits/list-credit-requests.ts';
import { giveGoodwill } from '../../../functions/voice/feedback/give-goodwill.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

test('an agent gives up to the limits of an act and a day; what is more waits', async () => {
  const { shop, accountId, agent } = await office();
  expect(await give(agent, accountId, '10.00')).toBe('given');
  expect(await give(agent, accountId, '10.01')).toBe('waits');
  expect(await give(agent, accountId, '-10.01')).toBe('waits');
  for (let times = 0; times < 4; times += 1) expect(await give(agent, accountId, '10.00')).toBe('given');
  expect(await give(agent, accountId, '0.01')).toBe('waits');
  expect(await balance(shop, accountId)).toBe(5000n);
  shop.clock.advance(86_400_000);
  expect(await give(agent, accountId, '-10.00')).toBe('given');
  expect(await balance(shop, accountId)).toBe(4000n);
});

test('twenty at once do not pass the limit of a day', async () => {
  const { shop, accountId, agent } = await office();
  const other = await shop.order({ email: 'bob@x.example' });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => give(agent, index % 2 ? accountId : other.accountId, '10.00')),
  );
  expect(outcomes.filter((one) => one === 'given')).toHaveLength(5);
  const [row] = await shop.ctx.db.read({ sql: 'SELECT moved_minor FROM credit_days', args: [] });
  expect(row).toEqual([5000n]);
  expect((await balance(shop, accountId)) + (await balance(shop, other.accountId))).toBe(5000n);
});

test('limits are the business’s own, and an owner has none', async () => {
  const { shop, accountId, agent, manager, owner } = await office();
  await setPolicy(shop.ctx, 'creditAgentAct', '0.00');
  expect(await give(agent, accountId, '0.01')).toBe('waits');
  expect(await give(manager, accountId, '100.00')).toBe('given');
  expect(await give(manager, accountId, '100.01')).toBe('waits');
  expect(await give(owner, accountId, '2500.00')).toBe('given');
  await expect(setPolicy(shop.ctx, 'creditAgentAct', '1.001')).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test('more than a manager may asks for the second factor again, given or agreed to', async () => {
  const { shop, accountId, manager, owner } = await office();
  const old = provenAt(owner, shop.clock.now() - 600_000);
  const needed = { code: 'proof_needed' };
  for (const amount of ['100.01', '-100.01'])
    await expect(give(old, accountId, amount)).rejects.toMatchObject(needed);
  expect(await give(old, accountId, '100.00')).toBe('given');
  expect(await give(provenAt(owner, shop.clock.now()), accountId, '100.01')).toBe('given');
  expect(await give(manager, accountId, '300.00')).toBe('waits');
  const [request] = await listCreditRequests(owner);
  const requestId = request?.id ?? '';
  await expect(decideCredit(old, { requestId, outcome: 'agreed' })).rejects.toMatchObject(needed);
  await decideCredit(old, { requestId, outcome: 'declined' });
  expect(await balance(shop, accountId)).toBe(20_001n);
});

test.each([
  ['EUR', '10.00', 1000n],
  ['JPY', '10.00', 10n],
  ['JPY', '10.99', 10n],
  ['KWD', '10.00', 10_000n],
  [null, '10.00', 1000n],
])('a limit in %s of %s is read by the decimals of the currency', (currency, limit, act) => {
  const settings = new Map([['creditAgentAct', limit]]);
  expect(limitsOf({ settings, currency }, 'agent')).toMatchObject({ act });
});

test('a second person agrees or declines, once', async () => {
  const { shop, accountId, agent, manager, owner } = await office();
  const key = newId();
  await give(agent, accountId, '25.00', key);
  await give(agent, accountId, '25.00', key);
  shop.clock.advance(1);
  await give(agent, accountId, '30.00');
  const [first, second, ...rest] = await listCreditRequests(manager);
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ amount: { minor: 2500n }, by: 'agent@shop.example', name: 'ann@x.example' });
  const requestId = first?.id ?? '';
  await expect(decideCredit(agent, { requestId, outcome: 'agreed' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const decided = await Promise.allSettled(
    Array.from({ length: 6 }, (_, index) =>
      decideCredit(index % 2 ? manager : owner, { requestId, outcome: 'agreed' }),
    ),
  );
  expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(decideCredit(owner, { requestId, outcome: 'declined' })).rejects.toMatchObject({
    code: 'already_decided',
  });
  await decideCredit(owner, { requestId: second?.id ?? '', outcome: 'declined' });
  expect(await balance(shop, accountId)).toBe(2500n);
  expect(await listCreditRequests(manager)).toEqual([]);
  expect((await verify(shop.ctx)).differences).toBe(0);
});

test('a manager does not agree to what they asked for', async () => {
  const { accountId, manager, owner } = await office();
  await give(manager, accountId, '200.00');
  const [request] = await listCreditRequests(manager);
  expect(request?.isYours).toBe(false);
  expect((await listCreditRequests(owner))[0]?.isYours).toBe(true);
  const asked = { requestId: request?.id ?? '', outcome: 'agreed' as const };
  await expect(decideCredit(manager, asked)).rejects.toMatchObject({ code: 'forbidden' });
});

test('nobody gives to themselves, under whichever form of their address, nor agrees to it', async () => {
  const { shop, agent, manager } = await office();
  const own = await shop.order({ email: 'agent+shop@shop.example' });
  const shared = await shop.order({ email: 'agent@shop.example', account: 'Home' });
  for (const { accountId } of [own, shared])
    await expect(give(agent, accountId, '1.00')).rejects.toMatchObject({ code: 'credit_to_oneself' });
  const boss = await shop.order({ email: 'manager@shop.example' });
  expect(await give(agent, boss.accountId, '50.00')).toBe('waits');
  const [request] = await listCreditRequests(manager);
  const asked = { requestId: request?.id ?? '', outcome: 'agreed' as const };
  await expect(decideCredit(manager, asked)).rejects.toMatchObject({ code: 'credit_to_oneself' });
});

test('goodwill for a case has the same limits, and stands in the case once it was agreed', async () => {
  const { shop, agent, manager, accountId, customerId } = await office();
  await shop.ctx.db.write([
    {
      sql: `INSERT INTO feedback (id, reference, kind, customer_id, account_id, root_id, text, source, at, wants_reply, actor)
        VALUES ('f1', 'AAAA-BBBB', 'complaint', ?, ?, ?, 'Late', 'portal', 1, 1, 'x')`,
      args: [customerId, accountId, accountId],
    },
  ]);
  const gift = { feedbackId: 'f1', reason: 'Sorry', key: newId() };
  expect(await giveGoodwill(agent, { ...gift, amount: 5000n })).toBe('waits');
  const [request] = await listCreditRequests(manager);
  await decideCredit(manager, { requestId: request?.id ?? '', outcome: 'agreed' });
  const rows = await shop.ctx.db.read({
    sql: "SELECT 1 FROM case_events WHERE kind = 'goodwill_given'",
    args: [],
  });
  expect(rows).toHaveLength(1);
  expect(await balance(shop, accountId)).toBe(5000n);
});

async function office() {
  const shop = await openShop(moneyBack);
  const { accountId, customerId } = await shop.order({ email: 'ann@x.example' });
  const member = async (role: Role): Promise<Context> => {
    const id = newId();
    const sql = 'INSERT INTO staff (id, email, role, created_at) VALUES (?, ?, ?, 1)';
    await shop.ctx.db.write([{ sql, args: [id, `${role}@shop.example`, role] }]);
    return { ...shop.ctx, actor: { kind: 'staff', id, role } };
  };
  const [agent, manager, owner] = [await member('agent'), await member('manager'), await member('owner')];
  return { shop, accountId, customerId, agent, manager, owner };
}

function provenAt(who: Context, at: number): Context {
  return who.actor.kind === 'staff' ? { ...who, actor: { ...who.actor, provenAt: at } } : who;
}

function give(who: Context, accountId: string, amount: string, key = newId()) {
  return adjustBalance(who, { accountId, amount, reason: 'Sorry', key });
}

async function balance({ ctx }: Shop, accountId: string): Promise<bigint> {
  const [row] = await ctx.db.read({
    sql: 'SELECT balance_minor FROM accounts WHERE id = ?',
    args: [accountId],
  });
  return BigInt(row?.[0] ?? 0);
}
