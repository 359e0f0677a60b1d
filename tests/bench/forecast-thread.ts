import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { sampleAccounts, summarise } from '../../functions/insight/forecasts/known/summary.ts';
import { countModels } from '../../functions/insight/forecasts/models/count-models.ts';
import { forecast } from '../../functions/insight/forecasts/served/forecast.ts';

/** Forecasts in a thread of its own, as the job will; then a bare loop over the same sums. */
const { days, starts, until, weeks, ours } = z
  .object({
    days: z.instanceof(Int32Array),
    starts: z.instanceof(Uint32Array),
    until: z.number(),
    weeks: z.number(),
    ours: z.boolean(),
  })
  .parse(workerData);
const started = performance.now();
const before = process.threadCpuUsage();
const sum = ours ? forecast({ days, starts }, { until, weeks }).total.expected : barely();
const { user, system } = process.threadCpuUsage(before);
parentPort?.postMessage({
  seconds: (performance.now() - started) / 1000,
  cpu_s: (user + system) / 1e6,
  sum,
});

/**
 * As many likelihoods as the fits and the questions to the past evaluate, some 200 each, of BG/NBD alone and without a
 * search; then what each account does by a closed form, for each of the models.
 */
function barely(): number {
  const all = summarise({ days, starts }, until);
  let found = 0;
  for (const [accounts, fits] of [
    [20_000, 1],
    [5_000, 3],
  ] as const) {
    const { x, tx, T, weight } = summarise(sampleAccounts({ days, starts }, accounts), until);
    for (let evaluation = 0; evaluation < 200 * fits * countModels.length; evaluation += 1) {
      const [r, alpha] = [0.24 + evaluation / 1e5, 4.4];
      for (let i = 0; i < x.length; i += 1) {
        const power = r + (x[i] ?? 0);
        const alive = Math.exp(-power * Math.log(alpha + (T[i] ?? 0)));
        const dead = Math.exp(-power * Math.log(alpha + (tx[i] ?? 0)));
        found += (weight[i] ?? 0) * Math.log(alive + dead);
      }
    }
  }
  for (const _ of countModels)
    for (let i = 0; i < all.x.length; i += 1) {
      const now = 4.4 + (all.T[i] ?? 0);
      found += (((all.x[i] ?? 0) + 0.24) / now) * (1 - (now / (now + weeks)) ** 0.4);
    }
  return found;
}
