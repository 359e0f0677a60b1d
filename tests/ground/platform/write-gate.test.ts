import { expect, test } from 'vitest';
import { createWriteGate } from '../../../db/write-gate.ts';
import { pause } from '../../support/process.ts';

const soon = () => performance.now() + 2000;

test('lets as many in at once as it has places, about in the order they came', async () => {
  const gate = createWriteGate({ places: 2, lease_ms: 1000 });
  const began: number[] = [];
  let inside = 0;
  let most = 0;
  const work = (name: number) => async () => {
    began.push(name);
    inside += 1;
    most = Math.max(most, inside);
    await pause(3);
    inside -= 1;
    return name;
  };
  const names = Array.from({ length: 20 }, (_, name) => name);
  expect(await Promise.all(names.map((name) => gate.run(work(name), soon())))).toEqual(names);
  const overtaken = began.map((name, at) => name - at).filter((ahead) => ahead > 2);
  expect(overtaken).toEqual([]);
  expect(most).toBe(2);
});

test('work that failed fails alone', async () => {
  const gate = createWriteGate({ places: 1, lease_ms: 1000 });
  const failing = gate.run(() => Promise.reject(new Error('refused')), soon());
  const next = gate.run(async () => 'done', soon());
  await expect(failing).rejects.toThrow('refused');
  expect(await next).toBe('done');
});

test('nobody waits beyond their deadline, and who gave up is not waited for', async () => {
  const gate = createWriteGate({ places: 1, lease_ms: 1000 });
  const first = gate.run(() => pause(80), soon());
  await expect(gate.run(async () => 'late', performance.now() + 20)).rejects.toMatchObject({ code: 'BUSY' });
  expect(await gate.run(async () => 'done', soon())).toBe('done');
  await first;
});

test('the place of a request that was cut off is free again after its lease', async () => {
  const gate = createWriteGate({ places: 1, lease_ms: 40 });
  void gate.run(() => new Promise(() => null), soon());
  expect(await gate.run(async () => 'done', soon())).toBe('done');
});
