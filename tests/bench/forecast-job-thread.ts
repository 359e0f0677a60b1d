import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openEmbedded } from '../../db/embedded.ts';
import { contextOver } from '../../functions/desk/cli/context.ts';
import { readConfig } from '../../functions/ground/platform/config.ts';
import { workOnForecasts } from '../../functions/insight/forecasts/runs/work-on-forecasts.ts';
import { portal } from '../../src/portal.config.ts';

/** The forecasts of one day, from the first fit to the record, by a connection of its own. */
const { path, now } = z.object({ path: z.string(), now: z.number() }).parse(workerData);
const db = openEmbedded(path);
const started = performance.now();
const before = process.threadCpuUsage();
let heap = 0;
const ctx = {
  ...contextOver(db, {
    config: readConfig({}, 'a-secret-of-the-bench-32-characters-long'),
    defaults: portal,
  }),
  now: () => {
    heap = Math.max(heap, process.memoryUsage().heapUsed);
    return now + performance.now() - started;
  },
};
await workOnForecasts({ ...ctx, now: () => Math.round(ctx.now()) });
const { user, system } = process.threadCpuUsage(before);
const [run] = await db.read({ sql: 'SELECT stage, accounts FROM forecast_runs', args: [] });
if (run?.[0] !== 'done') throw new Error(`the forecasts came no further than ${run?.join(' ')}`);
db.close();
parentPort?.postMessage({
  seconds: (performance.now() - started) / 1000,
  cpu_s: (user + system) / 1e6,
  heap_mb: Math.round(heap / 2 ** 20),
});
