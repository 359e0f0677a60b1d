import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import type { Store } from '../../db/store.ts';
import { dayFromNumber, dayNumber } from '../../functions/ground/platform/calendar.ts';
import type { PurchaseDays } from '../../functions/insight/forecasts/known/summary.ts';

export interface MeasuredJob {
  accounts: number;
  seconds: number;
  cpu_s: number;
  /** What others on the same process waited at most, in 99 of 100 cases. */
  delay_p99_ms: number;
  /** What a write of theirs took at the most, in 99 of 100 cases, while the job wrote. */
  write_p99_ms: number;
  /** The thread's JavaScript heap at its most. */
  heap_mb: number;
}

const thread = new URL('forecast-job-thread.ts', import.meta.url);
const answer = z.object({ seconds: z.number(), cpu_s: z.number(), heap_mb: z.number() });

/** The job of a day on a database of its own, in a thread as on Node, while the process writes a row every 20 ms. */
export async function measureJob(purchases: PurchaseDays, lastDay: string): Promise<MeasuredJob> {
  const folder = mkdtempSync(join(tmpdir(), 'forecast-job-'));
  const path = join(folder, 'bench.db');
  const db = openEmbedded(path);
  try {
    await migrate(db, 0);
    await seed(db, purchases, dayNumber(lastDay));
    const writes: number[] = [];
    const timer = setInterval(() => {
      const begun = performance.now();
      void db
        .write([
          {
            sql: "INSERT INTO settings (key, value, set_at, set_by) VALUES ('bench', '1', 0, '') ON CONFLICT (key) DO UPDATE SET value = '1'",
            args: [],
          },
        ])
        .then(() => writes.push(performance.now() - begun));
    }, 20);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const told = await runIn({ path, now: Date.parse(`${lastDay}T12:00:00Z`) });
    delay.disable();
    clearInterval(timer);
    writes.sort((a, b) => a - b);
    return {
      accounts: purchases.starts.length - 1,
      ...told,
      delay_p99_ms: delay.percentile(99) / 1e6,
      write_p99_ms: writes[Math.floor(writes.length * 0.99)] ?? 0,
    };
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function runIn(workerData: object): Promise<z.output<typeof answer>> {
  return new Promise((resolve, reject) => {
    const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };
    const worker = new Worker(thread, { workerData, resourceLimits });
    worker.once('message', (message) => resolve(answer.parse(message)));
    worker.once('error', reject);
  });
}

const ACCOUNTS_PER_UNIT = 5_000;

/** Facts as the followers of orders would have counted them; the last day of `purchases` becomes `lastDay`. */
async function seed(db: Store, { days, starts }: PurchaseDays, lastDay: number): Promise<void> {
  const shift = lastDay - days.reduce((most, day) => Math.max(most, day), 0);
  const accounts = starts.length - 1;
  for (let from = 0; from < accounts; from += ACCOUNTS_PER_UNIT) {
    const facts: unknown[] = [];
    const bought: unknown[] = [];
    for (let account = from; account < Math.min(accounts, from + ACCOUNTS_PER_UNIT); account += 1) {
      const id = `${account.toString(16).padStart(12, '0')}7${((account * 2_654_435_761) % 2 ** 32).toString(16).padStart(19, '0')}`;
      const own = [...days.subarray(starts[account], starts[account + 1])].map((day) =>
        dayFromNumber(day + shift),
      );
      facts.push([id, own.length, own[0], own.at(-1)]);
      for (const day of own) bought.push([id, day]);
    }
    await db.write([
      {
        sql: `INSERT INTO accounts (id, root_id, kind, name, owner_id, history_seq, ledger_seq, ledger_hash, balance_minor,
          settled_revision, created_at) SELECT value ->> 0, value ->> 0, 'personal', '', value ->> 0, 0, 0, '', 0, 0, 0
          FROM json_each(?)`,
        args: [JSON.stringify(facts)],
      },
      {
        sql: `INSERT INTO account_facts (account_id, counted_seq, order_count, purchase_days, first_on, last_on)
          SELECT value ->> 0, 0, value ->> 1, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
        args: [JSON.stringify(facts)],
      },
      {
        sql: `INSERT INTO account_days (root_id, day, department_id, currency, order_count, spend_minor, refunded_minor)
          SELECT value ->> 0, value ->> 1, '', 'EUR', 1, 2000 + abs(random() % 3000), 0 FROM json_each(?)`,
        args: [JSON.stringify(bought)],
      },
    ]);
  }
  await db.write([
    { sql: "INSERT INTO settings (key, value, set_at, set_by) VALUES ('currency', 'EUR', 0, '')", args: [] },
    { sql: "INSERT INTO feed_positions (name, position, terms) VALUES ('facts', 0, '')", args: [] },
  ]);
}
