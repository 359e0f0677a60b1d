import { describe, expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import type { Job } from '../../../functions/ground/jobs/job.ts';
import { runAll } from '../../../functions/ground/jobs/run-all.ts';
import { runDueJobs, runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';
import { createTestFile } from '../../support/test-store.ts';

describe('jobs', () => {
  test('run by name, and are written down', async () => {
    const ctx = await createTestContext();
    expect(await runJobs(ctx, { name: 'mail' })).toMatchObject([{ name: 'mail', failure: null }]);
    expect(await runJobs(ctx, { name: 'mail' })).toHaveLength(1);
    const rows = await ctx.db.read({
      sql: 'SELECT name, started_at, finished_at, failure FROM job_runs',
      args: [],
    });
    expect(rows).toEqual([['mail', BigInt(ctx.now()), BigInt(ctx.now()), null]]);
    await expect(runJobs(ctx, { name: 'nonsense' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('come round as often as they are due, in one process of several', async () => {
    const { store, path } = await createTestFile();
    const other = openEmbedded(path);
    const clock = createTestClock();
    const ran: Record<string, number> = { often: 0, seldom: 0 };
    const registry = [job('often', 1), job('seldom', 60)];
    const first = await createTestContext({ store, now: clock.now });
    for (let minute = 0; minute < 120; minute += 1) {
      await Promise.all(
        [first, { ...first, db: other }].map((ctx) => runJobs(ctx, { onlyDue: true, registry })),
      );
      clock.advance(minute % 2 === 0 ? 59_000 : 61_000);
    }
    other.close();
    expect(ran).toEqual({ often: 120, seldom: 2 });

    function job(name: string, everyMinutes: number): Job {
      return { name, everyMinutes, run: async () => (ran[name] = (ran[name] ?? 0) + 1) };
    }
  });

  test('that fail keep no other from running, and leave no data in the record', async () => {
    const ctx = await createTestContext();
    const ran: string[] = [];
    const registry: Job[] = [
      { name: 'broken', everyMinutes: 1, run: () => Promise.reject(new Error('secret@x.example')) },
      { name: 'whole', everyMinutes: 1, run: async () => ran.push('whole') },
    ];
    const runs = await runJobs(ctx, { registry });
    expect(ran).toEqual(['whole']);
    expect(runs).toMatchObject([{ failure: expect.stringContaining('Error') }, { failure: null }]);
    expect(JSON.stringify(runs)).not.toContain('secret');
  });

  test('keep their schedule through a database that is away, and tell what they did when it is back', async () => {
    const ctx = await createTestContext();
    let isAway = true;
    const write: Store['write'] = (statements) =>
      isAway ? Promise.reject(new StoreUnavailable('SQLITE_FULL')) : ctx.db.write(statements);
    const db: Store = { ...ctx.db, write, read: (one) => ctx.db.read(one), fresh: ctx.db };
    await runDueJobs({ ...ctx, db });
    const registry: Job[] = [
      { name: 'away', everyMinutes: 1, run: async () => (isAway = true) },
      { name: 'next', everyMinutes: 1, run: async () => (isAway = false) },
    ];
    isAway = false;
    await expect(runJobs({ ...ctx, db }, { registry })).rejects.toThrow('SQLITE_FULL');
    isAway = false;
    expect(await runJobs({ ...ctx, db }, { registry, name: 'next' })).toMatchObject([{ failure: null }]);
  });

  test('begin nothing more once the process was asked to stop', async () => {
    const ctx = await createTestContext();
    let isEnding = false;
    const ran: string[] = [];
    const registry = ['first', 'second'].map((name) => ({
      name,
      everyMinutes: 1,
      run: async () => {
        ran.push(name);
        isEnding = true;
      },
    }));
    await runJobs({ ...ctx, isEnding: () => isEnding }, { registry });
    expect(ran).toEqual(['first']);
  });

  test('take their other steps when one fails, and say so at the end', async () => {
    const ctx = await createTestContext();
    const ran: string[] = [];
    const steps = ['a', 'b', 'c'].map((name) => async () => {
      ran.push(name);
      if (name !== 'c') throw new Error(name);
    });
    await expect(runAll(ctx, steps)).rejects.toThrow('a');
    expect(ran).toEqual(['a', 'b', 'c']);
  });
});
