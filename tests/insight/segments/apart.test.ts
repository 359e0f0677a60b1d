import { expect, test } from 'vitest';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { countSegment } from '../../../functions/insight/segments/count-segment.ts';
import { explainNamed } from '../../../functions/insight/segments/explain-named.ts';
import { getSegment } from '../../../functions/insight/segments/list-segments.ts';
import { setAndAsk } from '../../../functions/insight/segments/set-and-ask.ts';
import { removeSegment, setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { followSegments, isAskingDue } from '../../../functions/insight/segments/work-segments.ts';
import { defineOwnField, removeOwnField } from '../../../functions/people/own-fields/define-own-field.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';

const all = (...rules: unknown[]) => ({ combinator: 'and', not: false, rules });
const isLarge = { field: 'own.size', operator: '=', value: 'XL' };
const named = { field: 'segment', operator: '=', value: 'large' };

/** The segment `large` asks by an own field, and comes before `zbuyers`. */
async function openSizes() {
  const shop = await openShop(moneyBack);
  const size = (...choices: string[]) =>
    defineOwnField(shop.ctx, { key: 'size', kind: 'choice', names: { en: 'Size' }, choices });
  await size('S', 'L', 'XL');
  await setSegment(shop.ctx, { id: 'large', definition: all(isLarge) });
  await setSegment(shop.ctx, {
    id: 'zbuyers',
    definition: all({ field: 'orders.count', operator: '>=', value: 1 }),
  });
  return { ...shop, size };
}

test('an own field that a segment asks by stays as it is', async () => {
  const { ctx, size } = await openSizes();
  const asked = { code: 'own_field_asked' };
  await expect(removeOwnField(ctx, { key: 'size', isConfirmed: true })).rejects.toMatchObject(asked);
  await expect(size('S', 'L')).rejects.toMatchObject(asked);
  await expect(
    defineOwnField(ctx, { key: 'size', kind: 'number', names: { en: 'Size' } }),
  ).rejects.toMatchObject(asked);
  await size('L', 'XL');
  await removeSegment(ctx, { id: 'large' });
  await removeOwnField(ctx, { key: 'size' });
});

test('a segment by a field that is gone holds nobody, and keeps no other from being asked', async () => {
  const { ctx, clock, order } = await openSizes();
  await order();
  await ctx.db.write([{ sql: 'DELETE FROM own_fields', args: [] }]);
  const members = async (id: string) => (await getSegment(ctx, { id })).members;
  const failures = async () => (await runJobs(ctx)).filter(({ failure }) => failure !== null);
  expect(await failures()).toEqual([]);
  clock.advance(DAY_MS);
  await order({ email: 'bob@example.com' });
  expect(await failures()).toEqual([]);
  expect([await members('large'), await members('zbuyers')]).toEqual([0, 2]);
  expect((await countSegment(ctx, { definition: all(named) })).accounts).toBe(0);
  expect(await explainNamed(ctx, { id: 'large', email: 'ann@example.com' })).toMatchObject([
    { why: { holds: false } },
  ]);
});

const refusal = 'the database is not available: SQLITE_CONSTRAINT_TRIGGER';

/** A database that refuses whatever enters the segment `a`, which fits everybody who bought. */
async function openRefusing() {
  const shop = await openSizes();
  const { ctx, clock, order } = shop;
  await order();
  await runJobs(ctx);
  await setSegment(ctx, { id: 'a', definition: all({ field: 'orders.count', operator: '>=', value: 1 }) });
  await ctx.db.write([
    {
      sql: `CREATE TRIGGER no_a BEFORE INSERT ON audience_entries WHEN NEW.segment_id = 'a'
        BEGIN SELECT RAISE(ABORT, 'no'); END`,
      args: [],
    },
  ]);
  const logged: string[] = [];
  const log = Object.assign(Object.create(ctx.log), { error: (text: string) => logged.push(text) });
  const failures = async (minutes: number) => {
    clock.advance(minutes * 60_000);
    const runs = await runJobs({ ...ctx, log });
    return runs.flatMap(({ name, failure }) => (failure === null ? [] : [`${name} ${failure}`]));
  };
  const mended = () => ctx.db.write([{ sql: 'DROP TRIGGER no_a', args: [] }]);
  return { ...shop, logged, failures, mended };
}

test('what a database refuses of one segment keeps no other from being asked', async () => {
  const { ctx, order, logged, failures, mended } = await openRefusing();
  await order({ email: 'bob@example.com' });
  expect(await failures(1)).toEqual([`segments-anew a: ${refusal}`]);
  expect((await getSegment(ctx, { id: 'zbuyers' })).members).toBe(2);
  expect(new Set(logged)).toEqual(
    new Set(['The segment {id} cannot be asked: {reason}', 'Job {name} failed: {failure}']),
  );
  await mended();
  expect(await failures(1)).toEqual([]);
  expect((await getSegment(ctx, { id: 'a' })).members).toBe(2);
});

test('a segment that fails is tried less and less often, until it says something else', async () => {
  const { ctx, logged, failures, mended } = await openRefusing();
  const tries = () => logged.filter((text) => text.startsWith('The segment')).length;
  const seen: number[] = [];
  for (const minutes of [1, 1, 1, 1, 1, 1, 1]) {
    expect(await failures(minutes)).toEqual([`segments-anew a: ${refusal}`]);
    seen.push(tries());
  }
  expect(seen).toEqual([1, 2, 2, 3, 3, 3, 3]);
  const { failure, askedAt } = await getSegment(ctx, { id: 'a' });
  expect([failure?.reason, (failure?.againAt ?? 0) - (failure?.at ?? 0), askedAt]).toEqual([
    refusal,
    4 * 60_000,
    null,
  ]);
  await mended();
  await setAndAsk(ctx, { id: 'a', definition: all({ field: 'orders.count', operator: '=', value: 1 }) });
  expect(await getSegment(ctx, { id: 'a' })).toMatchObject({ members: 1, failure: null });
  expect(await isAskingDue(ctx)).toBe(true);
  expect(await failures(1)).toEqual([]);
  expect(await isAskingDue(ctx)).toBe(false);
});

test('says nothing wrong of who could not be asked when it is saved', async () => {
  const { ctx, mended, failures } = await openRefusing();
  const saved = await setAndAsk(ctx, {
    id: 'a',
    definition: all({ field: 'orders.count', operator: '=', value: 1 }),
  });
  expect(saved.status).toBe(200);
  expect((await getSegment(ctx, { id: 'a' })).failure?.reason).toBe(refusal);
  await mended();
  expect(await failures(1)).toEqual([]);
});

test('nobody is asked by facts that are not counted, and no change is passed by', async () => {
  const { ctx, order } = await openSizes();
  await runJobs(ctx);
  await order();
  const position = async () => {
    const sql = "SELECT position FROM feed_positions WHERE name = 'segments'";
    return Number((await ctx.db.read({ sql, args: [] }))[0]?.[0]);
  };
  const before = await position();
  // The one step there is goes into reading the change; none is left for counting.
  await followSegments({ ...ctx, steps: { left: 1 } });
  expect([await position(), (await getSegment(ctx, { id: 'zbuyers' })).members]).toEqual([before, 0]);
  await followSegments(ctx);
  expect((await getSegment(ctx, { id: 'zbuyers' })).members).toBe(1);
  expect(await position()).toBeGreaterThan(before);
});

test('a segment that is new waits until facts have come as far as it follows', async () => {
  const { ctx, order } = await openSizes();
  await order();
  const busy = { ...ctx, steps: { left: 0 } };
  await setAndAsk(busy, { id: 'b', definition: all({ field: 'orders.count', operator: '=', value: 1 }) });
  expect(await getSegment(ctx, { id: 'b' })).toMatchObject({ askedAt: null, members: 0, failure: null });
  await runJobs(ctx);
  expect((await getSegment(ctx, { id: 'b' })).members).toBe(1);
});
