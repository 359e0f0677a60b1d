import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './compare.ts';

/** What a piece of work costs, and how long all other work has to wait for its turn meanwhile. */
export interface Held {
  /** Processor time of one call, the median of several, in milliseconds. */
  cpu_ms: number;
  /** The longest wait of any call, in milliseconds. */
  hold_ms: number;
}

const SETTLED_MS = 20;

export async function measureHold(calls: number, call: () => Promise<unknown>): Promise<Held> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  delay.enable();
  await sleep(SETTLED_MS);
  delay.reset();
  for (let index = 0; index < calls; index += 1) {
    const before = process.cpuUsage();
    await call();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    await sleep(1);
  }
  delay.disable();
  return { cpu_ms: median(times), hold_ms: delay.max / 1e6 };
}
