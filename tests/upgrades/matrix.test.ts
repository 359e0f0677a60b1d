import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import type { Store } from '../../db/store.ts';
import { verify } from '../../functions/desk/verify/verify.ts';
import { exactJson } from '../../functions/ground/platform/exact-json.ts';
import { listBalances } from '../../functions/reach/exports/list-balances.ts';
import { regulars } from '../support/cli.ts';
import { createTestContext } from '../support/test-context.ts';
import { type FormerCode, NotHere, takeOut } from './former-code.ts';
import { type Former, findFormer } from './history.ts';

/**
 * Databases that the product's former code filled by its own command, opened by today's. In short the newest releases and
 * the ends of the rest, in long all of them.
 */
const isSoak = process.env.SOAK === '1';
const { former, missing } = findFormer();
const releases = former.filter(({ isRelease }) => isRelease);
const between = former.filter(({ isRelease }) => !isRelease);
const short = [...new Set([...releases.slice(0, 2), ...releases.slice(-1), ...between.slice(0, 1)])];
const tried = isSoak ? former : short;

const matrix: string[] = [];
afterAll(() => {
  if (matrix.length === 0) return;
  const header = line(['from', 'migrations', 'customers', 'orders', 'ledger entries', 'differences']);
  process.stdout.write(`\n${[header, ...matrix.toSorted()].join('\n')}\n`);
});

test.skipIf(missing !== null)(`history is here${missing === null ? '' : `: skipped, ${missing}`}`, () => {
  expect(former).not.toEqual([]);
});

const atOnce = createLine(2);

test.concurrent.for(tried)(
  'a database that $name filled opens in this release, the same to the cent',
  (from, { skip, expect: expectHere }) =>
    atOnce(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'regulars-upgrade-'));
      const path = join(folder, 'regulars.db');
      const code = await fillByCodeOf(from, path).catch((error: unknown) => {
        if (error instanceof NotHere) return skip(`${from.name}: ${error.message}`);
        throw error;
      });
      try {
        const before = {
          balances: JSON.parse(await code.regulars(path, 'balances', '--json')),
          numbers: await readFrom(path, numbersOf),
        };
        const { applied, copy } = JSON.parse(
          await regulars({ DATABASE_URL: `file:${path}` }, 'migrate', '--json'),
        );
        expectHere(await readFrom(path, numbersOf)).toEqual(before.numbers);
        expectHere(await readFrom(path, balancesOf)).toMatchObject(before.balances);
        const verified = await readFrom(path, async (db) => verify(await contextOver(db)));
        expectHere(verified).toMatchObject({ differences: 0, found: [] });
        matrix.push(line([from.name, applied.length, ...before.numbers, verified.differences]));
        if (copy !== null && (isSoak || from === tried[0]))
          await expectWayBack(code, { copy, folder, balances: before.balances });
      } finally {
        rmSync(folder, { recursive: true, force: true });
        code.remove();
      }
    }),
);

/** The former code itself puts back the copy that the upgrade made, and tells what it told before. */
async function expectWayBack(
  code: FormerCode,
  { copy, folder, balances }: { copy: string; folder: string; balances: unknown },
): Promise<void> {
  const back = join(folder, 'back.db');
  await code.regulars(back, 'restore', copy);
  expect(JSON.parse(await code.regulars(back, 'balances', '--json'))).toEqual(balances);
}

/** The newest of its commits whose code runs, which has filled a database. @throws {NotHere} when none does, and it was no release */
async function fillByCodeOf({ name, commits, isRelease }: Former, path: string): Promise<FormerCode> {
  for (const commit of commits) {
    const code = await takeOut(commit, { mayInstall: isSoak });
    const isRunning = await code.regulars(path, 'demo').then(
      () => true,
      () => false,
    );
    if (isRunning) return code;
    code.remove();
  }
  throw isRelease ? new Error(`the code of ${name} does not run`) : new NotHere('its code does not run');
}

async function readFrom<Result>(path: string, read: (db: Store) => Promise<Result>): Promise<Result> {
  const db = openEmbedded(path);
  try {
    return await read(db);
  } finally {
    db.close();
  }
}

/** Customers, orders, ledger entries. */
async function numbersOf(db: Store): Promise<number[]> {
  const [row = []] = await db.read({
    sql: `SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders), (SELECT count(*) FROM ledger)`,
    args: [],
  });
  return row.map(Number);
}

async function balancesOf(db: Store): Promise<unknown> {
  const balances = [];
  for await (const page of listBalances(await contextOver(db))) balances.push(...page);
  return JSON.parse(exactJson(balances));
}

const contextOver = (store: Store) => createTestContext({ store, now: Date.now });

const widths = [14, 10, 9, 6, 14, 11];
const line = (cells: readonly unknown[]) =>
  cells
    .map((cell, index) =>
      index === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[index] ?? 0),
    )
    .join('  ');

/** Lets so many work at once; the others wait in line. */
function createLine(places: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (inside >= places) await new Promise<void>((resolve) => waiting.push(resolve));
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
      waiting.shift()?.();
    }
  };
}
