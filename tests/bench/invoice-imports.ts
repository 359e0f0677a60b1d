import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { median } from './compare.ts';
import { type InvoiceFile, writeInvoices } from './invoices.ts';
import { remove } from './kept.ts';
import { contextOn } from './seed.ts';
import { programme } from './shop.ts';

/** As many rows as the public file of this shape has. */
const ROWS = 541_909;
const ROUNDS = 3;
const script = fileURLToPath(new URL('invoice-once.ts', import.meta.url));

export interface ComparedInvoices {
  rows: number;
  ours_s: number;
  ceiling_s: number;
  memory_mb: number;
}

/** Imports an invoice file with credit notes by a map, beside a bare loop over the same file. */
export async function measureInvoices(folder: string): Promise<ComparedInvoices> {
  const file = `${folder}/invoices.csv`;
  const { rows }: InvoiceFile = await writeInvoices(file, ROWS);
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  let memory_mb = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const whose of ['bare', 'ours'] as const) {
      const path = `${folder}/invoices-${whose}.db`;
      remove(path);
      if (whose === 'ours') await buildEmpty(path);
      const { stdout } = await run(process.execPath, ['--max-semi-space-size=8', script, whose, file, path]);
      const result = outcome.parse(JSON.parse(stdout));
      if (result.rows !== rows) throw new Error(`${whose} read ${result.rows} of ${rows} rows`);
      times[whose].push(result.seconds);
      if (whose === 'ours') memory_mb = Math.max(memory_mb, result.memory_mb);
      remove(path);
    }
  }
  remove(file);
  return { rows, ours_s: median(times.ours), ceiling_s: median(times.bare), memory_mb };
}

const run = promisify(execFile);
const outcome = z.object({ seconds: z.number(), rows: z.number(), memory_mb: z.number() });

async function buildEmpty(path: string): Promise<void> {
  const db = openEmbedded(path);
  await migrate(db, Date.now());
  const rules = programme.rules.map((rule) => ({ ...rule, from: '1990-01-01' }));
  await setProgramme(contextOn(db), { ...programme, currency: 'GBP', timeZone: 'Europe/London', rules });
  db.close();
}
