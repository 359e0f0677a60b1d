import { fileURLToPath } from 'node:url';
import { migrate } from '../../db/migrate.ts';
import { openRemote } from '../../db/remote.ts';
import { triggers } from '../../db/triggers.ts';
import { answers, freePort, type Running as Program, start } from '../support/process.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';
import { startWorker } from '../support/workerd.ts';
import { type Compared, compare } from './compare.ts';
import { assertSameOrder, ordersBurst } from './embedded.ts';
import { contextOn, fillShop } from './seed.ts';
import type { Running } from './servers.ts';

const CUSTOMERS = 400;

/** The built Worker in workerd over sqld, beside a bare Worker over one of its own; null where there is no sqld. */
export async function measureDistributed(): Promise<Compared | null> {
  if (noSqld !== null) return null;
  const databases = [await startSqld(), await startSqld()] as const;
  const [left, right] = databases;
  const programs: Program[] = [];
  try {
    const { key } = await fill(left, { isBare: false });
    await fill(right, { isBare: true });
    const portal = await startWorker({
      DATABASE_URL: left.url,
      SECRET: 'a-secret-of-the-bench-32-characters-long',
      DEMO: 'off',
    });
    programs.push(portal.running);
    const bare = await startBareWorker(right.url);
    programs.push(bare.program);
    const pair = { ours: running(portal.origin), ceiling: running(bare.url) };
    const headers = { Authorization: `Bearer ${key}` };
    await assertSameOrder(pair, headers);
    const lengths = { rounds: 5, seconds: 10, warmUp_s: 5 };
    return await compare(
      pair,
      (_, round) => ordersBurst({ customers: CUSTOMERS }, headers, `D${round}`),
      lengths,
    );
  } catch (error) {
    for (const program of programs) process.stderr.write(program.output().slice(-3000));
    throw error;
  } finally {
    for (const program of programs) await program.end('SIGTERM');
    for (const database of databases) await database.stop();
  }
}

async function fill({ url }: Sqld, { isBare }: { isBare: boolean }): Promise<{ key: string }> {
  const db = openRemote({ url, timeout_ms: 30_000 });
  await migrate(db, Date.now());
  const shop = await fillShop(contextOn(db), CUSTOMERS);
  if (isBare) for (const { name } of triggers) await db.script(`DROP TRIGGER "${name}"`);
  db.close();
  return shop;
}

async function startBareWorker(databaseUrl: string): Promise<{ url: string; program: Program }> {
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const config = fileURLToPath(new URL('bare/wrangler.toml', import.meta.url));
  const program = start({
    command: 'wrangler',
    arguments: [
      ...['dev', '-c', config, '--ip', '127.0.0.1', '--port', String(port)],
      ...['--inspector-port', String(inspectorPort), '--show-interactive-dev-session=false'],
      ...['--var', `DATABASE_URL:${databaseUrl}`],
    ],
    env: { CI: '1' },
  });
  await answers(url, program, { timeout_ms: 60_000 });
  return { url, program };
}

/** Several processes answer together, so none's processor time is told. */
function running(url: string): Running {
  return { url, cpu_ms: () => 0, stop: () => Promise.resolve() };
}
