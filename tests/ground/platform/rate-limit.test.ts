import { describe, expect, test } from 'vitest';
import { countTry } from '../../../functions/ground/platform/rate-limit.ts';
import { createTestStore } from '../../support/test-store.ts';

const limit = { key: 'k', window_ms: 1000, max: 3 };

describe('a limit', () => {
  test('lets so many tries through a window, also when they come at once', async () => {
    const db = await createTestStore();
    const tries = await Promise.all(Array.from({ length: 10 }, () => countTry(db, { ...limit, now: 5000 })));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(3);
    expect(tries.at(-1)).toEqual({ ok: false, retry_after_s: 1 });
    expect(await countTry(db, { ...limit, now: 5999 })).toMatchObject({ ok: false });
    expect(await countTry(db, { ...limit, now: 6000 })).toMatchObject({ ok: true });
  });

  test('is counted apart for each key', async () => {
    const db = await createTestStore();
    for (let time = 0; time < 4; time += 1) await countTry(db, { ...limit, now: 0 });
    expect(await countTry(db, { ...limit, key: 'other', now: 0 })).toMatchObject({ ok: true });
  });

  test('opens again when the clock was set back', async () => {
    const db = await createTestStore();
    for (let time = 0; time < 4; time += 1) await countTry(db, { ...limit, now: 9000 });
    expect(await countTry(db, { ...limit, now: 100 })).toMatchObject({ ok: true });
  });

  test('counted from the last try holds in every span of its length', async () => {
    const db = await createTestStore();
    const accepted: number[] = [];
    for (let now = 0; now < 10_000; now += 90) {
      const { ok } = await countTry(db, { ...limit, counts_from: 'last_try', now });
      if (ok) accepted.push(now);
    }
    for (const from of accepted) {
      expect(accepted.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(3);
    }
    expect(accepted.length).toBeGreaterThan(20);
  });
});
