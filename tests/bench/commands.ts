import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { openEmbedded } from '../../db/embedded.ts';
import { statement } from '../../db/query.ts';
import { remove } from './kept.ts';
import { seed } from './seed.ts';

/** One run of a command that goes through the whole database. */
export type Ran = z.output<typeof ran>;

export interface CommandRows {
  verify: Ran;
  restore: Ran;
  /** The size of the backup that was restored, in MB. */
  restored_mb: number;
}

const script = fileURLToPath(new URL('command-once.ts', import.meta.url));
const run = promisify(execFile);
const ran = z.object({
  seconds: z.number(),
  cpu_s: z.number(),
  anonymous_mb: z.number(),
  code: z.literal(0),
});

/** `verify` of a database of so many orders, and `restore` of its backup. */
export async function measureCommands(orders: number, folder: string): Promise<CommandRows> {
  const { path } = await seed(orders, folder);
  const [restored, backup] = [`${folder}/restored.db`, `${folder}/backup.db`];
  for (const file of [restored, backup]) remove(file);
  const verify = await runOnce(path, ['verify', '--quiet']);
  const restored_mb = await backUp(path, backup);
  const restore = await runOnce(restored, ['restore', backup, '--quiet']);
  for (const file of [restored, backup]) remove(file);
  return { verify, restore, restored_mb };
}

async function runOnce(path: string, words: string[]): Promise<Ran> {
  const { stdout } = await run(process.execPath, ['--max-semi-space-size=8', script, ...words], {
    env: { ...process.env, DATABASE_URL: `file:${path}` },
  });
  return ran.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

async function backUp(path: string, target: string): Promise<number> {
  const db = openEmbedded(path);
  await db.script(`VACUUM INTO '${target}'`);
  const [row] = await db.read(
    statement('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size'),
  );
  db.close();
  return Math.round(Number(row?.[0]) / 1_000_000);
}
