import { describe, expect, test } from 'vitest';
import { createAccountQueue, createPollingQueue } from '../../../functions/ground/platform/account-queue.ts';
import { pause } from '../../support/process.ts';

describe.each([
  ['of a process', createAccountQueue],
  ['of an isolate', createPollingQueue],
])('the queue %s', (_name, create) => {
  test('runs work on one account one after the other, in the order it came', async () => {
    const queue = create();
    const said: string[] = [];
    const work = (name: string) => async () => {
      said.push(`${name} begins`);
      await pause(5);
      said.push(`${name} ends`);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => queue.run('account', work(name))));
    expect(said).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  test('runs work on different accounts side by side', async () => {
    const queue = create();
    let running = 0;
    const work = async () => {
      running += 1;
      await pause(20);
      return running;
    };
    expect(await Promise.all(['x', 'y'].map((key) => queue.run(key, work)))).toEqual([2, 2]);
  });

  test('goes on after work that failed, which fails alone', async () => {
    const queue = create();
    const failing = queue.run('account', () => Promise.reject(new Error('refused')));
    const next = queue.run('account', async () => 'done');
    await expect(failing).rejects.toThrow('refused');
    expect(await next).toBe('done');
  });
});

test('the queue of an isolate goes on without a request that was cut off', async () => {
  const queue = createPollingQueue();
  void queue.run('account', () => new Promise(() => null));
  expect(await queue.run('account', async () => 'done')).toBe('done');
  expect(await queue.run('account', async () => 'next')).toBe('next');
});
