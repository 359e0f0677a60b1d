import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { median } from './compare.ts';
import { seed } from './seed.ts';

const script = fileURLToPath(new URL('order-export-once.ts', import.meta.url));
const ROUNDS = 3;

/** The export of all orders beside a bare loop over the same rows. */
export interface ComparedOrderExport {
  rows: number;
  ours_s: number;
  ceiling_s: number;
}

export async function measureOrderExport(orders: number, folder: string): Promise<ComparedOrderExport> {
  const { path } = await seed(orders, folder);
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  const counts = new Set<number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const whose of ['bare', 'ours'] as const) {
      const { stdout } = await run(process.execPath, [script, whose, path, devNull]);
      const { seconds, rows } = outcome.parse(JSON.parse(stdout));
      times[whose].push(seconds);
      counts.add(rows);
    }
  }
  const [rows = 0, other] = counts;
  if (other !== undefined) throw new Error(`other rows: ${rows} and ${other}`);
  return { rows, ours_s: median(times.ours), ceiling_s: median(times.bare) };
}

const run = promisify(execFile);
const outcome = z.object({ seconds: z.number(), rows: z.number() });
