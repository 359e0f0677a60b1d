import { describe, expect, test } from 'vitest';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { countSegment } from '../../../functions/insight/segments/count-segment.ts';
import { explainNamed } from '../../../functions/insight/segments/explain-named.ts';
import { toExplainedJson } from '../../../functions/insight/segments/explained-json.ts';
import { listMembers } from '../../../functions/insight/segments/list-members.ts';
import { getSegment, listSegments } from '../../../functions/insight/segments/list-segments.ts';
import { removeSegment, setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const all = (...rules: unknown[]) => ({ combinator: 'and', not: false, rules });
const bought = (count: number) => all({ field: 'orders.count', operator: '>=', value: count });
const named = (id: string) => all({ field: 'segment', operator: '=', value: id });
const spans = async ({ ctx }: Shop) =>
  (
    await ctx.db.read({
      sql: `SELECT e.account_id, e.at, x.at FROM audience_entries e LEFT JOIN audience_exits x
        ON x.account_id = e.account_id AND x.segment_id = e.segment_id AND x.entered_at = e.at ORDER BY e.at, x.at`,
      args: [],
    })
  ).map((row) =>
    row.map((value) => (value === null ? null : typeof value === 'bigint' ? Number(value) : value)),
  );

async function emailsIn(ctx: Context, id: string): Promise<string[]> {
  const { items } = await listMembers(ctx, { id });
  return items.map(({ people }) => String(people[0]?.email)).sort();
}

describe('what a segment may say', () => {
  test.each<[string, unknown, string, string]>([
    [
      'a field there is none of',
      { field: 'orders.colour', operator: '=', value: 1 },
      'field',
      'unknown_field',
    ],
    [
      'an operator that the field lacks',
      { field: 'orders.count', operator: 'contains', value: 'x' },
      'operator',
      'unknown_operator',
    ],
    ['a text for a number', { field: 'orders.count', operator: '=', value: '2' }, 'value', 'invalid_value'],
    ['half an order', { field: 'orders.count', operator: '=', value: 0.5 }, 'value', 'invalid_value'],
    [
      'a quarter of a day',
      { field: 'orders.interval', operator: '=', value: 0.25 },
      'value',
      'invalid_value',
    ],
    [
      'a kind there is none of',
      { field: 'account.kind', operator: '=', value: 'robot' },
      'value',
      'invalid_value',
    ],
    ['nothing to compare with', { field: 'orders.count', operator: '=' }, 'value', 'required'],
    ['a list of one', { field: 'orders.count', operator: 'between', value: [1] }, 'value', 'invalid_type'],
    ['a list for one', { field: 'orders.count', operator: '=', value: [1] }, 'value', 'invalid_type'],
    [
      'a value that is not asked for',
      { field: 'orders.first', operator: 'isNull', value: 1 },
      'value',
      'not_here',
    ],
    [
      'days of a name',
      { field: 'customer.name', operator: '=', value: 'x', within: { days: 1 } },
      'within',
      'not_here',
    ],
    [
      'lines of a club',
      { field: 'club.member', operator: '=', value: true, where: { sku: 'x' } },
      'where',
      'not_here',
    ],
    [
      'a segment there is none of',
      { field: 'segment', operator: '=', value: 'nobody' },
      'value',
      'unknown_segment',
    ],
    ['itself', { field: 'segment', operator: '=', value: 'one' }, 'value', 'circular'],
  ])('refuses %s, by name and path', async (_what, rule, path, code) => {
    const { ctx } = await openShop(moneyBack);
    await expect(setSegment(ctx, { id: 'one', definition: all(all(rule)) })).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: `definition.rules.0.rules.0.${path}`, code }],
    });
    expect(await listSegments(ctx)).toEqual([]);
  });

  test('refuses a circle by way of others', async () => {
    const { ctx } = await openShop(moneyBack);
    await setSegment(ctx, { id: 'a', definition: bought(1) });
    await setSegment(ctx, { id: 'b', definition: named('a') });
    await setSegment(ctx, { id: 'c', definition: named('b') });
    await expect(setSegment(ctx, { id: 'a', definition: named('c') })).rejects.toMatchObject({
      errors: [{ path: 'definition.rules.0.value', code: 'circular' }],
    });
  });

  test.each(['Regulars', 'club', 'everyone', 'a b', '', 'x'.repeat(41)])('refuses the id %j', async (id) => {
    const { ctx } = await openShop(moneyBack);
    await expect(setSegment(ctx, { id, definition: bought(1) })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  test('keeps what it said before, and says the same again for nothing', async () => {
    const { ctx } = await openShop(moneyBack);
    expect((await setSegment(ctx, { id: 'a', name: 'Once', definition: bought(1) })).outcome).toBe('created');
    expect((await setSegment(ctx, { id: 'a', definition: bought(1) })).outcome).toBe('unchanged');
    expect((await setSegment(ctx, { id: 'a', definition: bought(2) })).outcome).toBe('changed');
    expect(await getSegment(ctx, { id: 'a' })).toMatchObject({ name: 'Once', revision: 2 });
    const kept = await ctx.db.read({
      sql: 'SELECT definition FROM segment_versions ORDER BY revision',
      args: [],
    });
    expect(kept.map(([text]) => JSON.parse(String(text)))).toEqual([bought(1), bought(2)]);
    await expect(ctx.db.write([{ sql: 'DELETE FROM segment_versions', args: [] }])).rejects.toThrow(
      'append-only',
    );
  });

  test('is for who may say it, and to be asked by who may read it', async () => {
    const shop = await openShop(moneyBack);
    const agent: Context = { ...shop.ctx, actor: { kind: 'staff', id: 'x', role: 'agent' } };
    await expect(setSegment(agent, { id: 'a', definition: bought(1) })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await countSegment(agent, { definition: bought(1) })).accounts).toBe(0);
    const { customerId } = await shop.order();
    await expect(countSegment(shop.as(customerId), { definition: bought(1) })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listMembers(shop.as(customerId), { id: 'a' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is not removed while another names it', async () => {
    const { ctx } = await openShop(moneyBack);
    await setSegment(ctx, { id: 'a', definition: bought(1) });
    await setSegment(ctx, { id: 'b', definition: named('a') });
    await expect(removeSegment(ctx, { id: 'a' })).rejects.toMatchObject({ code: 'segment_in_use' });
    await removeSegment(ctx, { id: 'b' });
    await removeSegment(ctx, { id: 'a' });
    expect(await listSegments(ctx)).toEqual([]);
    await expect(removeSegment(ctx, { id: 'a' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('who is in it', () => {
  test('comes and goes with what happens, each time by a row of its own', async () => {
    const shop = await openShop(moneyBack);
    const { ctx, clock } = shop;
    await setSegment(ctx, { id: 'twice', definition: bought(2) });
    const { accountId } = await shop.order({ number: 'W-a' });
    await runJobs(ctx);
    expect(await emailsIn(ctx, 'twice')).toEqual([]);
    await shop.order({ number: 'W-b' });
    await runJobs(ctx);
    expect(await emailsIn(ctx, 'twice')).toEqual(['ann@example.com']);
    const entered = clock.now();
    clock.advance(60_000);
    await shop.event('W-b', { status: 'cancelled' });
    await runJobs(ctx);
    expect(await emailsIn(ctx, 'twice')).toEqual([]);
    clock.advance(60_000);
    await shop.order();
    await runJobs(ctx);
    expect(await spans(shop)).toEqual([
      [accountId, entered, entered + 60_000],
      [accountId, entered + 120_000, null],
    ]);
    expect(await getSegment(ctx, { id: 'twice' })).toMatchObject({ members: 1 });
  });

  test('follows the calendar, once a business day', async () => {
    const shop = await openShop(moneyBack);
    await shop.order();
    await setSegment(shop.ctx, {
      id: 'lately',
      definition: all({ field: 'orders.count', operator: '>=', value: 1, within: { days: 3 } }),
    });
    await runJobs(shop.ctx);
    expect(await emailsIn(shop.ctx, 'lately')).toEqual(['ann@example.com']);
    shop.clock.advance(2 * DAY_MS);
    await runJobs(shop.ctx);
    expect(await emailsIn(shop.ctx, 'lately')).toEqual([]);
  });

  test('follows what it says, and what those that it names say', async () => {
    const shop = await openShop(moneyBack);
    const { ctx } = shop;
    await shop.order();
    await setSegment(ctx, { id: 'a', definition: bought(1) });
    await setSegment(ctx, { id: 'b', definition: named('a') });
    await runJobs(ctx);
    expect(await emailsIn(ctx, 'b')).toEqual(['ann@example.com']);
    await setSegment(ctx, { id: 'a', definition: bought(2) });
    await runJobs(ctx);
    expect(await emailsIn(ctx, 'b')).toEqual([]);
    await setSegment(ctx, { id: 'b', definition: bought(1) });
    await runJobs(ctx);
    expect(await emailsIn(ctx, 'b')).toEqual(['ann@example.com']);
    await removeSegment(ctx, { id: 'b' });
    await runJobs(ctx);
    expect((await spans(shop)).filter(([, , left]) => left === null)).toEqual([]);
  });

  test('stays as it was while facts are counted anew', async () => {
    const shop = await openShop(moneyBack);
    const { ctx } = shop;
    await shop.order();
    await setSegment(ctx, { id: 'a', definition: bought(1) });
    await runJobs(ctx);
    await ctx.db.write([
      { sql: "DELETE FROM feed_positions WHERE name = 'facts'", args: [] },
      { sql: 'DELETE FROM account_facts', args: [] },
      { sql: 'DELETE FROM segment_askings', args: [] },
    ]);
    await runJobs({ ...ctx, steps: { left: 0 } });
    expect(await emailsIn(ctx, 'a')).toEqual(['ann@example.com']);
    await runJobs(ctx);
    expect(await spans(shop)).toHaveLength(1);
  });

  test('is listed page by page, who came last first', async () => {
    const shop = await openShop(moneyBack);
    const { ctx } = shop;
    for (const name of ['ann', 'bob', 'cai']) await shop.order({ email: `${name}@example.com` });
    await setSegment(ctx, { id: 'a', definition: bought(1) });
    await runJobs(ctx);
    const first = await listMembers(ctx, { id: 'a', limit: 2 });
    const second = await listMembers(ctx, { id: 'a', limit: 2, cursor: first.nextCursor });
    const emails = [...first.items, ...second.items].flatMap(({ people }) =>
      people.map(({ email }) => email),
    );
    expect(emails.toSorted()).toEqual(['ann@example.com', 'bob@example.com', 'cai@example.com']);
    expect(second.nextCursor).toBeNull();
    await expect(listMembers(ctx, { id: 'b' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('tells why somebody is in it, rule by rule with the values', async () => {
  const shop = await openShop(moneyBack);
  const { ctx } = shop;
  await shop.order();
  await workFacts(ctx);
  const rules = [
    { field: 'orders.count', operator: '>=', value: 1 },
    { combinator: 'or', not: true, rules: [{ field: 'customer.language', operator: '=', value: 'uk' }] },
    { field: 'orders.last', operator: '<', value: 1 },
    { field: 'segment', operator: '!=', value: 'one' },
  ];
  await setSegment(ctx, { id: 'one', definition: bought(2) });
  await setSegment(ctx, { id: 'a', definition: all(...rules) });
  const [ann] = await explainNamed(ctx, { id: 'a', email: 'Ann@example.com' });
  expect(ann && toExplainedJson(ann.why)).toEqual({
    ...{ combinator: 'and', not: false, holds: false },
    rules: [
      { ...rules[0], holds: true, values: [1] },
      {
        ...{ combinator: 'or', not: true, holds: true },
        rules: [{ field: 'customer.language', operator: '=', value: 'uk', holds: false, values: [null] }],
      },
      { ...rules[2], holds: false, values: [1] },
      { ...rules[3], holds: true, values: [] },
    ],
  });
  await expect(explainNamed(ctx, { id: 'a', email: 'nobody@example.com' })).rejects.toMatchObject({
    code: 'not_found',
  });
});
