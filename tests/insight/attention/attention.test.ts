import { describe, expect, test } from 'vitest';
import { addDays } from '../../../functions/ground/platform/calendar.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import {
  assignAttention,
  closeAttention,
  reopenAttention,
  snoozeAttention,
} from '../../../functions/insight/attention/acts/act-on-attention.ts';
import { noteCall } from '../../../functions/insight/attention/acts/note-call.ts';
import { countMine } from '../../../functions/insight/attention/count-mine.ts';
import { getAttention } from '../../../functions/insight/attention/get-attention.ts';
import { getRecords } from '../../../functions/insight/attention/get-records.ts';
import { listAttention } from '../../../functions/insight/attention/list-attention.ts';
import { listCalls, sumCalls } from '../../../functions/insight/attention/list-calls.ts';
import { attentionLists } from '../../../functions/insight/attention/lists.ts';
import { listNeedShares, noteNeedShare } from '../../../functions/insight/attention/need-share.ts';
import { isAttentionDue } from '../../../functions/insight/attention/runs/begin-run.ts';
import { workOnAttention } from '../../../functions/insight/attention/runs/work-on-attention.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const today = '2026-03-01';

/** Five orders of an account, 20 days apart, the last so many days ago; in euros. */
const habit = (who: string, { lastAgo, each, at = ',' }: { lastAgo: number; each: number; at?: string }) =>
  Array.from({ length: 5 }, (_, index) => {
    const day = addDays(today, -lastAgo - 20 * index);
    return `${who}${at.replaceAll(',', '')}-${index},${day},${who}@example.com,EUR,${each}.00,${at}`;
  });

const ordersCsv = [
  'order_number,placed_at,customer_email,currency,line_total,account,department',
  ...habit('lapsed', { lastAgo: 100, each: 70 }),
  ...habit('walks', { lastAgo: 50, each: 90 }),
  ...habit('soon', { lastAgo: 12, each: 40 }),
  ...habit('small', { lastAgo: 50, each: 1 }),
  ...habit('buyer', { lastAgo: 2, each: 60, at: 'ACME,Lviv' }),
  ...habit('buyer', { lastAgo: 120, each: 60, at: 'ACME,Paris' }),
  ...Array.from({ length: 8 }, (_, n) => `once-${n},${addDays(today, -3)},once${n}@example.com,EUR,9.00,,`),
].join('\n');

async function openListShop() {
  const shop = await openShop(moneyBack);
  await importOrders(shop.ctx, { path: aFile(ordersCsv) });
  await work(shop);
  return shop;
}

async function work({ ctx }: Shop, steps?: number) {
  await workFacts(ctx);
  for (let turns = 0; turns < 50 && (await isAttentionDue(ctx)); turns += 1)
    await workOnAttention(steps === undefined ? ctx : { ...ctx, steps: { left: steps } });
}

async function hire(ctx: Context, email: string, role: Role) {
  await addStaff(ctx, { email, role });
  const [row] = await ctx.db.read({ sql: 'SELECT id FROM staff WHERE email = ?', args: [email] });
  const id = String(row?.[0]);
  return { id, ctx: { ...ctx, actor: { kind: 'staff' as const, id, role } } };
}

async function namesOf(ctx: Context) {
  const pages = await Promise.all(attentionLists.map((list) => listAttention(ctx, { list })));
  return pages.flatMap(({ items }) =>
    items.map(({ list, name, department }) => `${list} ${department ?? name}`),
  );
}

async function one(ctx: Context, list: (typeof attentionLists)[number]) {
  const { items } = await listAttention(ctx, { list });
  const [item] = items;
  if (item === undefined) throw new Error('nobody is named');
  return item;
}

const numbers = async ({ ctx }: Shop, sql: string) =>
  (await ctx.db.read({ sql, args: [] })).flat().map(Number);

const nothingSaid = { answers: {}, language: 'en' };

describe('the lists of a day', () => {
  test('name who needs a hand, with reasons of that day, and those worth most first', async () => {
    const { ctx } = await openListShop();
    expect(await namesOf(ctx)).toEqual([
      'walks_away walks@example.com',
      'lapsed lapsed@example.com',
      'reorders_soon soon@example.com',
      'dormant_departments Paris',
    ]);
    expect(await one(ctx, 'lapsed')).toMatchObject({
      ...{ saidOn: today, lastOn: '2025-11-21', valueMinor: 35_000n, assignedTo: null, outcome: null },
      reasons: [{ code: 'silent_times', silentDays: 100, medianDays: 20 }],
    });
    expect((await getRecords(ctx)).records.lapsed).toEqual({ isTold: false, said: 0 });
  });

  test('come out the same in small turns, and are asked once a day', async () => {
    const shop = await openShop(moneyBack);
    await importOrders(shop.ctx, { path: aFile(ordersCsv) });
    await work(shop, 2);
    expect(await namesOf(shop.ctx)).toHaveLength(4);
    expect(await isAttentionDue(shop.ctx)).toBe(false);
    const said = 'SELECT count(*), sum(left_on IS NULL) FROM attention_sayings';
    shop.clock.advance(DAY_MS);
    await work(shop);
    expect(await numbers(shop, said)).toEqual([4, 4]);
  });

  test('let go of who bought, and of two processes one takes a step', async () => {
    const shop = await openListShop();
    const { id } = await one(shop.ctx, 'lapsed');
    await shop.order({ email: 'lapsed@example.com' });
    shop.clock.advance(DAY_MS);
    await workFacts(shop.ctx);
    await Promise.all([workOnAttention(shop.ctx), workOnAttention(shop.ctx)]);
    await work(shop);
    expect((await listAttention(shop.ctx, { list: 'lapsed' })).items).toEqual([]);
    expect(await getAttention(shop.ctx, { id })).toMatchObject({ leftOn: '2026-03-02', hasHappened: null });
    expect(await numbers(shop, 'SELECT count(*) FROM attention_sayings')).toEqual([4]);
  });

  test('are held to what happened once the horizon is over, beside some drawn by chance', async () => {
    const shop = await openListShop();
    const { id } = await one(shop.ctx, 'reorders_soon');
    const drawn = await numbers(shop, 'SELECT count(*) FROM attention_promises WHERE saying_id IS NULL');
    expect(drawn[0]).toBeGreaterThan(3);
    shop.clock.advance(3 * DAY_MS);
    await shop.order({ email: 'soon@example.com' });
    shop.clock.advance(11 * DAY_MS);
    await work(shop);
    expect((await getAttention(shop.ctx, { id })).hasHappened).toBeNull();
    shop.clock.advance(DAY_MS);
    await work(shop);
    expect((await getAttention(shop.ctx, { id })).hasHappened).toBe(true);
    const record = `SELECT said, happened, drawn > 0, drawn_happened <= drawn FROM attention_records
      WHERE list = 'reorders_soon' AND month = '2026-03'`;
    expect(await numbers(shop, record)).toEqual([1, 1, 1, 1]);
    shop.clock.advance(77 * DAY_MS);
    await work(shop);
    const other =
      "SELECT said, happened FROM attention_records WHERE list = 'walks_away' AND month = '2026-03'";
    expect(await numbers(shop, other)).toEqual([1, 1]);
    const left = "SELECT count(*) FROM attention_promises WHERE said_on = '2026-03-01'";
    expect(await numbers(shop, left)).toEqual([0]);
  });

  test('give the lapsed to who is named for it', async () => {
    const shop = await openShop(moneyBack);
    const caller = await hire(shop.ctx, 'caller@example.com', 'agent');
    await setPolicy(shop.ctx, 'lapsedCaller', 'caller@example.com');
    await importOrders(shop.ctx, { path: aFile(ordersCsv) });
    await work(shop);
    const item = await one(shop.ctx, 'lapsed');
    expect(item.assignedTo).toEqual({ id: caller.id, name: 'caller@example.com' });
    expect((await getAttention(shop.ctx, item)).acts).toMatchObject([{ kind: 'assigned', by: null }]);
    expect([await countMine(caller.ctx), await countMine(shop.ctx)]).toEqual([1, 0]);
  });
});

describe('what people do about it', () => {
  test('is kept with who and when, and told on the list', async () => {
    const shop = await openListShop();
    const agent = await hire(shop.ctx, 'agent@example.com', 'agent');
    const { id } = await one(shop.ctx, 'walks_away');
    await assignAttention(agent.ctx, { id, staffId: agent.id });
    await assignAttention(agent.ctx, { id, staffId: agent.id });
    expect(await countMine(agent.ctx)).toBe(1);
    const mine = await listAttention(agent.ctx, { staffId: agent.id });
    expect(mine.items.map((item) => item.id)).toEqual([id]);
    await snoozeAttention(agent.ctx, { id, untilOn: '2026-03-03' });
    expect([
      await countMine(agent.ctx),
      (await listAttention(agent.ctx, { view: 'snoozed' })).items.length,
    ]).toEqual([0, 1]);
    shop.clock.advance(2 * DAY_MS);
    expect(await countMine(agent.ctx)).toBe(1);
    await closeAttention(agent.ctx, { id, outcome: 'won_back', note: '  Rang twice.  ' });
    await closeAttention(agent.ctx, { id, outcome: 'lost', note: null });
    expect((await listAttention(agent.ctx, { list: 'walks_away' })).items).toEqual([]);
    const [closed] = (await listAttention(agent.ctx, { view: 'closed' })).items;
    expect(closed).toMatchObject({ id, outcome: 'won_back' });
    await work(shop);
    expect((await listAttention(agent.ctx, { list: 'walks_away' })).items).toEqual([]);
    await reopenAttention(agent.ctx, { id });
    const { acts, outcome } = await getAttention(agent.ctx, { id });
    expect(outcome).toBeNull();
    expect(acts.map(({ kind, note, by }) => [kind, note, by])).toEqual([
      ['reopened', null, 'agent@example.com'],
      ['closed', 'Rang twice.', 'agent@example.com'],
      ['snoozed', null, 'agent@example.com'],
      ['assigned', null, 'agent@example.com'],
    ]);
    const logged = `SELECT count(*) FROM history WHERE kind LIKE 'attention_%'
      UNION ALL SELECT count(*) FROM audit_log WHERE act LIKE 'attention.%'`;
    expect(await numbers(shop, logged)).toEqual([4, 4]);
  });

  test('is refused for days out of reach, strangers and analysts', async () => {
    const shop = await openListShop();
    const { ctx } = shop;
    const analyst = await hire(ctx, 'analyst@example.com', 'analyst');
    const { id } = await one(ctx, 'lapsed');
    for (const untilOn of ['2026-03-01', '2027-03-02', 'soon'])
      await expect(snoozeAttention(ctx, { id, untilOn })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    await expect(assignAttention(ctx, { id, staffId: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(assignAttention(ctx, { id: 'none', staffId: null })).rejects.toMatchObject({
      code: 'not_found',
    });
    const act = closeAttention(analyst.ctx, { id, outcome: 'lost', note: null });
    await expect(act).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listAttention(shop.as('c'), {})).rejects.toMatchObject({ code: 'forbidden' });
    expect((await getAttention(ctx, { id })).acts).toEqual([]);
  });
});

describe('a call to somebody who lapsed and never signed up', () => {
  test('keeps the first answer apart from the real reason, and counts what it won back', async () => {
    const shop = await openListShop();
    const agent = await hire(shop.ctx, 'agent@example.com', 'agent');
    const { id, accountId } = await one(shop.ctx, 'lapsed');
    const call = {
      ...{
        firstReason: 'price' as const,
        firstWords: 'Too dear.',
        realReason: 'service' as const,
        realWords: null,
      },
      ...{ language: 'en', answers: { liked: ' ', changed: 'Nobody knew us any more.' } },
    };
    await noteCall(agent.ctx, { asked: { sayingId: id }, call, key: 'k1' });
    await noteCall(agent.ctx, { asked: { sayingId: id }, call, key: 'k1' });
    shop.clock.advance(5 * DAY_MS);
    await shop.order({ email: 'lapsed@example.com', totals: [2500] });
    await workFacts(shop.ctx);
    expect(await sumCalls(shop.ctx)).toMatchObject({
      ...{ calls: 1, compared: 1, differ: 1, currency: 'EUR' },
      reasons: [{ reason: 'service', calls: 1, wonBack: 1, wonMinor: 2500n }],
    });
    const [told] = (await listCalls(shop.ctx, { accountId })).items;
    expect(told).toMatchObject({
      day: today,
      firstWords: 'Too dear.',
      by: 'agent@example.com',
      wonMinor: 2500n,
      answers: [{ question: 'changed', asked: null, said: 'Nobody knew us any more.' }],
    });
    shop.clock.advance(DAY_MS);
    const again = { ...call, realReason: null, firstReason: null };
    await noteCall(agent.ctx, { asked: { sayingId: id }, call: again, key: 'k2' });
    expect(await sumCalls(shop.ctx)).toMatchObject({ calls: 2, compared: 1, differ: 1 });
    expect((await listCalls(shop.ctx)).items.map(({ wonMinor }) => wonMinor)).toEqual([0n, 2500n]);
  });

  test('is not kept without a word, and analysts do not read what was said', async () => {
    const shop = await openListShop();
    const analyst = await hire(shop.ctx, 'analyst@example.com', 'analyst');
    const { id } = await one(shop.ctx, 'lapsed');
    const empty = {
      firstReason: null,
      firstWords: ' ',
      realReason: null,
      realWords: null,
      ...nothingSaid,
    };
    const silent = noteCall(shop.ctx, { asked: { sayingId: id }, call: empty, key: 'k' });
    await expect(silent).rejects.toMatchObject({ code: 'validation_failed' });
    await noteCall(shop.ctx, { asked: { sayingId: id }, call: { ...empty, firstWords: 'Moved.' }, key: 'k' });
    const [told] = (await listCalls(analyst.ctx)).items;
    expect(told).toMatchObject({ firstWords: null, answers: [] });
  });
});

test('the share of need is kept by day with who noted it', async () => {
  const shop = await openListShop();
  const agent = await hire(shop.ctx, 'agent@example.com', 'agent');
  const { accountId } = await one(shop.ctx, 'reorders_soon');
  await noteNeedShare(agent.ctx, { accountId, percent: 40, others: 'Globex', key: 'a' });
  await noteNeedShare(agent.ctx, { accountId, percent: 40, others: 'Globex', key: 'a' });
  shop.clock.advance(30 * DAY_MS);
  await noteNeedShare(agent.ctx, { accountId, percent: 55, others: null, key: 'b' });
  expect(await listNeedShares(shop.ctx, { accountId })).toEqual([
    { day: '2026-03-31', percent: 55, others: null, source: 'staff', by: 'agent@example.com' },
    { day: '2026-03-01', percent: 40, others: 'Globex', source: 'staff', by: 'agent@example.com' },
  ]);
  for (const percent of [-1, 101, 1.5])
    await expect(
      noteNeedShare(agent.ctx, { accountId, percent, others: null, key: 'c' }),
    ).rejects.toMatchObject({ code: 'validation_failed' });
});
