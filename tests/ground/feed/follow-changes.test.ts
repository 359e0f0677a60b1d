import { describe, expect, test } from 'vitest';
import type { Statement, Store } from '../../../db/store.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { followChanges, stopFollowing } from '../../../functions/ground/feed/follow-changes.ts';
import type { Change, Follower } from '../../../functions/ground/feed/follower.ts';
import { goBack, listLags } from '../../../functions/ground/feed/positions.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const probe: Follower = { name: 'probe', start: 'beginning', step: 3 };

/** What a follower is handed, step by step. */
async function follow(ctx: Context, follower: Follower = probe, terms = ''): Promise<Change[][]> {
  const steps: Change[][] = [];
  await followChanges(
    ctx,
    follower,
    async (changes) => {
      steps.push(changes);
      return undefined;
    },
    { terms },
  );
  return steps;
}

const positions = (steps: readonly Change[][]) => steps.flat().map(({ position }) => position);

async function openTrade() {
  const shop = await openShop(moneyBack);
  const sell = async (times: number) => {
    for (let time = 0; time < times; time += 1)
      await shop.order({ email: `${time % 3}@example.com`, totals: [1000] });
  };
  return { ...shop, sell };
}

describe('following changes', () => {
  test('hands over each once, in the order of commits, and goes on with what is new', async () => {
    const { ctx, sell } = await openTrade();
    await sell(7);
    const steps = await follow(ctx);
    expect(steps.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(positions(steps)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const [first] = steps.flat();
    expect(first).toMatchObject({ seq: 1, kind: 'order_created', at: ctx.now(), detail: null });
    expect(await follow(ctx)).toEqual([]);
    await sell(1);
    expect(positions(await follow(ctx))).toEqual([8]);
    for (const of of Map.groupBy(steps.flat(), ({ accountId }) => accountId).values())
      expect(of.map(({ seq }) => seq)).toEqual(of.map((_, index) => index + 1));
  });

  test('leaves what is beyond a position for another time', async () => {
    const { ctx, sell } = await openTrade();
    await sell(7);
    const seen: number[] = [];
    const upTo = (position: number) =>
      followChanges(ctx, probe, async (changes) => void seen.push(...positions([changes])), {
        upTo: position,
      });
    expect(await upTo(4)).toBe(4);
    expect(await upTo(4)).toBe(0);
    expect(await upTo(9)).toBe(3);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('hands over the kinds that are asked for, with what was told, and passes the others', async () => {
    const { ctx, sell, refund } = await openTrade();
    await sell(5);
    await refund('W-2', '1', 100);
    const asked = { ...probe, kinds: ['order_refunded'], withDetail: true } as const;
    const [[change] = []] = await follow(ctx, asked);
    expect(change).toMatchObject({ position: 6, seq: 3, kind: 'order_refunded' });
    expect(JSON.parse(change?.detail ?? '')).toBeTypeOf('object');
    expect(await listLags(ctx)).toContainEqual({ name: 'probe', position: 6, behind: 0, waiting_ms: 0 });
  });

  test('begins at the end where a follower says so', async () => {
    const { ctx, sell } = await openTrade();
    await sell(4);
    const late = { ...probe, name: 'late', start: 'end' } as const;
    expect(await follow(ctx, late)).toEqual([]);
    await sell(1);
    expect(positions(await follow(ctx, late))).toEqual([5]);
  });

  test('begins anew under other terms, and after it has stopped', async () => {
    const { ctx, sell } = await openTrade();
    await sell(2);
    expect(positions(await follow(ctx, probe, 'a'))).toEqual([1, 2]);
    expect(positions(await follow(ctx, probe, 'a'))).toEqual([]);
    expect(positions(await follow(ctx, probe, 'b'))).toEqual([1, 2]);
    await stopFollowing(ctx, probe);
    await stopFollowing(ctx, probe);
    expect(positions(await follow(ctx, probe, 'b'))).toEqual([1, 2]);
  });

  test('goes back to read again, and never ahead', async () => {
    const { ctx, sell } = await openTrade();
    await sell(6);
    await follow(ctx);
    await goBack(ctx, { name: 'probe', position: 4 });
    expect(positions(await follow(ctx))).toEqual([5, 6]);
    await goBack(ctx, { name: 'probe', position: 0 });
    expect(positions(await follow(ctx))).toEqual([1, 2, 3, 4, 5, 6]);
    const ahead = goBack(ctx, { name: 'probe', position: 7 });
    await expect(ahead).rejects.toMatchObject({ code: 'not_found' });
    await expect(goBack(ctx, { name: 'nobody', position: 0 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('stays before a step that fails, and holds nobody else up', async () => {
    const { ctx, clock, sell } = await openTrade();
    await sell(5);
    const seen: number[][] = [];
    let isBroken = true;
    const follows = (name: string, mayFail: boolean) => ({
      name,
      everyMinutes: 1,
      run: (inJob: Context) =>
        followChanges(inJob, { ...probe, name }, async (changes) => {
          if (mayFail && isBroken && changes.some(({ position }) => position === 5))
            throw new Error('broken');
          seen.push(positions([changes]));
          return undefined;
        }),
    });
    const registry = [follows('ill', true), follows('well', false)];
    expect(await runJobs(ctx, { registry })).toMatchObject([
      { failure: expect.stringContaining('Error') },
      { failure: null },
    ]);
    expect(seen).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [4, 5],
    ]);
    clock.advance(90_000);
    const lags = await listLags(ctx);
    expect(lags).toContainEqual({ name: 'ill', position: 3, behind: 2, waiting_ms: 90_000 });
    expect(lags).toContainEqual({ name: 'well', position: 5, behind: 0, waiting_ms: 0 });
    isBroken = false;
    await runJobs(ctx, { registry });
    expect(seen.at(-1)).toEqual([4, 5]);
  });

  test('writes with the position or not at all', async () => {
    const { ctx, sell } = await openTrade();
    await ctx.db.script('CREATE TABLE told (position INTEGER NOT NULL)');
    await sell(3);
    const wrong: Statement = { sql: 'INSERT INTO told VALUES (NULL)', args: [] };
    const tell = (more: readonly Statement[]) =>
      followChanges(ctx, probe, async (changes) => [
        ...changes.map(({ position }) => ({ sql: 'INSERT INTO told VALUES (?)', args: [position] })),
        ...more,
      ]);
    await expect(tell([wrong])).rejects.toThrow('told.position');
    expect(await ctx.db.read({ sql: 'SELECT * FROM told', args: [] })).toEqual([]);
    expect(await Promise.all([tell([]), tell([])])).toEqual(expect.arrayContaining([3, 0]));
    expect((await ctx.db.read({ sql: 'SELECT * FROM told', args: [] })).flat()).toEqual([1n, 2n, 3n]);
  });

  test('reads only what is new, by keys', async () => {
    const { ctx, sell } = await openTrade();
    await sell(4);
    await follow(ctx);
    await sell(1);
    const asked: Statement[] = [];
    const read: Store['read'] = (statement) => {
      asked.push(statement);
      return ctx.db.read(statement);
    };
    await follow({ ...ctx, db: { ...ctx.db, fresh: { ...ctx.db, read } } });
    const plans = asked.map(({ sql, args }) => ctx.db.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args }));
    const steps = (await Promise.all(plans)).flat().map((row) => String(row[3]));
    expect(steps).toContain('SEARCH feed_changes USING INTEGER PRIMARY KEY (rowid>?)');
    expect(steps.filter((step) => /SCAN|TEMP B-TREE/.test(step))).toEqual([]);
  });

  test('is proven by verify: every row of the history has its place, and nobody is ahead', async () => {
    const { ctx, sell } = await openTrade();
    await sell(3);
    await follow(ctx);
    expect((await verify(ctx)).found).toEqual([]);
    await ctx.db.write([{ sql: "UPDATE feed_positions SET position = 4 WHERE name = 'probe'", args: [] }]);
    expect((await verify(ctx)).found).toMatchObject([
      { what: 'follower beyond the newest change', found: 'probe' },
    ]);
    await ctx.db.script('DELETE FROM feed_changes WHERE position = 2');
    expect((await verify(ctx)).found).toHaveLength(2);
    const change = ctx.db.write([{ sql: 'UPDATE feed_changes SET seq = 9', args: [] }]);
    await expect(change).rejects.toThrow('append-only');
  });
});
