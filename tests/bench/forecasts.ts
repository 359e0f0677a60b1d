import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { mulberry32 } from '../../functions/ground/platform/mulberry.ts';
import type { PurchaseDays } from '../../functions/insight/forecasts/known/summary.ts';
import { calibrationUntil, cdnowMissing, readCdnow } from '../insight/forecasts/cdnow.ts';
import { measureJob } from './forecast-job.ts';

export interface ComparedForecast {
  accounts: number;
  /** The whole job of a day over a database: reading, fitting, scoring, writing, and the record of the past. */
  isJob: boolean;
  ours_s: number;
  ceiling_s: number;
  ours_cpu_s: number;
  /** What others on the same process waited at most, in 99 of 100 cases. */
  delay_p99_ms: number;
  /** Of the whole process, at its most; of a job, the heap of its thread. */
  memory_mb: number;
}

const WEEKS = 39;
const MILLION = 1_000_000;
const LAST_DAY = 3 * 365;
const thread = new URL('forecast-thread.ts', import.meta.url);
const answer = z.object({ seconds: z.number(), cpu_s: z.number(), sum: z.number() });

/** Fitting, choosing and scoring: of the record shop where its file is at hand, and of a made-up business. */
export async function measureForecasts(): Promise<ComparedForecast[]> {
  const purchases = madeUp(MILLION);
  const made = await measure(purchases, LAST_DAY);
  const { seconds, cpu_s, heap_mb, ...job } = await measureJob(purchases, '2026-11-30');
  const ofJob = { ...job, isJob: true, ours_s: seconds, ours_cpu_s: cpu_s, memory_mb: heap_mb };
  const rows = [made, { ...ofJob, ceiling_s: made.ceiling_s }];
  if (cdnowMissing !== '') return rows;
  return [await measure(readCdnow('whole').purchases, calibrationUntil), ...rows];
}

async function measure(purchases: PurchaseDays, until: number): Promise<ComparedForecast> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const ours = await runIn({ ...purchases, until, weeks: WEEKS, ours: true });
  delay.disable();
  const bare = await runIn({ ...purchases, until, weeks: WEEKS, ours: false });
  return {
    accounts: purchases.starts.length - 1,
    isJob: false,
    ours_s: ours.seconds,
    ceiling_s: bare.seconds,
    ours_cpu_s: ours.cpu_s,
    delay_p99_ms: delay.percentile(99) / 1e6,
    memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function runIn(workerData: object): Promise<z.output<typeof answer>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData });
    worker.once('message', (message) => resolve(answer.parse(message)));
    worker.once('error', reject);
  });
}

/** Accounts that came over three years, bought at rates of their own and stopped by chance; the same for a seed. */
export function madeUp(accounts: number): PurchaseDays {
  const next = mulberry32(1);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const starts = new Uint32Array(accounts + 1);
  const days: number[] = [];
  for (let account = 0; account < accounts; account += 1) {
    const meanDays = 30 / -Math.log(uniform());
    let day = Math.floor(uniform() * LAST_DAY);
    while (day <= LAST_DAY) {
      days.push(day);
      if (uniform() < 0.25) break;
      day += Math.ceil(-Math.log(uniform()) * meanDays);
    }
    starts[account + 1] = days.length;
  }
  return { days: Int32Array.from(days), starts };
}
