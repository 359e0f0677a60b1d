import { execFile } from 'node:child_process';
import { constants, copyFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { median } from './compare.ts';
import { remove } from './kept.ts';
import { contextOn } from './seed.ts';
import { programme } from './shop.ts';

/** 69,659 purchases of a record shop, 1997 and 1998; not part of the repository. */
const file = fileURLToPath(new URL('../../../shared/data/cdnow/orders.csv', import.meta.url));
const script = fileURLToPath(new URL('import-once.ts', import.meta.url));
const ROUNDS = 3;

export interface ComparedImport {
  orders: number;
  ours_s: number;
  ceiling_s: number;
}

/** Imports into an empty database beside a bare loop of the same rows; null where the file is not at hand. */
export async function measureImport(folder: string): Promise<ComparedImport | null> {
  if (!existsSync(file)) return null;
  const empty = `${folder}/empty.db`;
  await buildEmpty(empty);
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  let orders = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows: number[][] = [];
    for (const whose of ['ours', 'bare'] as const) {
      const path = `${folder}/import-${whose}.db`;
      remove(path);
      copyFileSync(empty, path, constants.COPYFILE_FICLONE);
      const { stdout } = await run(process.execPath, [script, whose, file, path]);
      const result = outcome.parse(JSON.parse(stdout));
      times[whose].push(result.seconds);
      rows.push(result.rows);
      orders = result.rows[ORDERS_COLUMN] ?? 0;
      remove(path);
    }
    if (String(rows[0]) !== String(rows[1])) throw new Error(`other rows: ${rows.join(' and ')}`);
  }
  remove(empty);
  return { orders, ours_s: median(times.ours), ceiling_s: median(times.bare) };
}

const run = promisify(execFile);
const ORDERS_COLUMN = 3;
const outcome = z.object({ seconds: z.number(), rows: z.array(z.number()) });

/** A migrated file with the programme of the bench. */
export async function buildEmpty(path: string): Promise<void> {
  remove(path);
  const db = openEmbedded(path);
  await migrate(db, Date.now());
  const rules = programme.rules.map((rule) => ({ ...rule, from: '1990-01-01' }));
  await setProgramme(contextOn(db), { ...programme, currency: 'USD', timeZone: 'America/New_York', rules });
  await db.script('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
