import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FilesUnavailable } from '../../../functions/ground/platform/file-store.ts';
import { stagingIn } from '../../../functions/reach/imports/on-node/staging-file.ts';
import type { StagingDatabase } from '../../../functions/reach/imports/staging-database.ts';
import { ordersOf, type StagedFile, stage } from './import-file.ts';

const header = 'order_number,placed_at,customer_email,currency,line_total';

test('groups rows by account, orders by time, wherever they stand', async () => {
  const staged = await stage(
    `${header},account,sku\n` +
      'B,2026-01-02,bob@x.example,EUR,1.00,,\n' +
      'A,2026-01-03,ann@x.example,EUR,2.00,,b\n' +
      'C,2026-01-01,ann@x.example,EUR,3.00,ACME,\n' +
      'D,2026-01-01,ann@x.example,EUR,4.00,,\n' +
      'A,2026-01-03,ann@x.example,EUR,5.00,,a\n',
  );
  expect(staged.errors).toEqual([]);
  expect(
    staged.accounts.map(({ accountKey, orders }) => [accountKey, orders.map(({ number }) => number)]),
  ).toEqual([
    ['account:ACME', ['C']],
    ['customer:ann@x.example', ['D', 'A']],
    ['customer:bob@x.example', ['B']],
  ]);
  const [, a] = staged.accounts[1]?.orders ?? [];
  expect(a?.lines.map(({ id, sku, total, line }) => [id, sku, total, line])).toEqual([
    ['1', 'a', 500n, 6],
    ['2', 'b', 200n, 3],
  ]);
});

test('an order is delivered when it was placed unless the file says otherwise', async () => {
  const [first, second] = ordersOf(
    await stage(
      `${header},status,delivered_at\nA,2026-01-01,a@x.example,EUR,1.00,,\nB,2026-01-02,a@x.example,EUR,1.00,shipped,\n`,
    ),
  );
  expect(first).toMatchObject({ status: 'delivered', deliveredAt: { kind: 'date', date: '2026-01-01' } });
  expect(second).toMatchObject({ status: 'shipped', deliveredAt: null });
});

test('takes an order column from any of its rows', async () => {
  const [order] = ordersOf(
    await stage(
      `${header},shipping,carrier\nA,2026-01-01,a@x.example,EUR,1.00,,DHL\nA,2026-01-01,a@x.example,EUR,2.00,4.90,\n`,
    ),
  );
  expect(order).toMatchObject({ shipping: 490n, carrier: 'DHL' });
});

test.each([['shipping', '4.90,4.80', 'shipping "4.80" contradicts "4.90" on line 2']])(
  'refuses an order whose rows contradict each other in %s',
  async (_name, values, reason) => {
    const [one, two] = values.split(',');
    const staged = await stage(
      `${header},shipping\nA,2026-01-01,a@x.example,EUR,1.00,${one}\nB,2026-01-01,a@x.example,EUR,1.00,\nA,2026-01-01,a@x.example,EUR,1.00,${two}\n`,
    );
    expect(ordersOf(staged).map(({ number }) => number)).toEqual(['B']);
    expect(staged.errors).toEqual([{ line: 4, order: 'A', reason: expect.stringContaining(reason) }]);
  },
);

test.each([
  [
    'customers',
    'A,2026-01-01,b@x.example,EUR,1.00',
    'customer_email "b@x.example" contradicts customer_email "a@x.example" on line 2',
  ],
  ['times', 'A,2026-01-02,a@x.example,EUR,1.00', 'placed_at'],
  ['ways to tell one time', 'A,2026-01-01T00:00,a@x.example,EUR,1.00', 'placed_at'],
  ['currencies', 'A,2026-01-01,a@x.example,USD,1.00', 'currency "USD" contradicts "EUR" on line 2'],
])('refuses an order of two %s', async (_name, second, reason) => {
  const staged = await stage(
    `${header}\nA,2026-01-01,a@x.example,EUR,1.00\nZ,2026-01-01,z@x.example,EUR,1.00\n${second}\n`,
  );
  expect(ordersOf(staged).map(({ number }) => number)).toEqual(['Z']);
  expect(staged.errors).toEqual([{ line: 4, order: 'A', reason: expect.stringContaining(reason) }]);
});

test('a bad row leaves its whole order out, told once, and stops nothing', async () => {
  const staged = await stage(
    `${header}\nA,2026-01-01,a@x.example,EUR,1.00\nA,2026-01-01,a@x.example,EUR,x\nA,2026-01-01,a@x.example,EUR,y\n` +
      'B,2026-01-01\nC,2026-01-01,"c@x.example" oops,EUR,1.00\n,2026-01-01,d@x.example,EUR,1.00\nD,2026-01-01,d@x.example,EUR,1.00,,\n',
  );
  expect(ordersOf(staged).map(({ number }) => number)).toEqual(['D']);
  expect(staged.errors.map(({ line, order }) => [line, order])).toEqual([
    [3, 'A'],
    [5, 'B'],
    [6, 'C'],
    [7, null],
  ]);
});

test('the same number of two sources is two orders', async () => {
  const staged = await stage(
    `${header},source\nA,2026-01-01,a@x.example,EUR,1.00,web\nA,2026-01-02,b@x.example,EUR,1.00,till\n`,
  );
  expect(ordersOf(staged).map(({ source }) => source)).toEqual(['web', 'till']);
});

test('a customer has the name of the latest order that has one', async () => {
  const staged = await stage(
    `${header},customer_name\nA,2026-01-03,a@x.example,EUR,1.00,\nB,2026-01-02,a@x.example,EUR,1.00,New\nC,2026-01-01,a@x.example,EUR,1.00,Old\n`,
  );
  expect(staged.accounts[0]?.names).toEqual(new Map([['a@x.example', 'New']]));
});

const lines = Array.from({ length: 12 }, (_, index) => {
  const order = index % 5;
  return `N${order},2026-01-0${order + 1},c${order % 2}@x.example,EUR,${(index % 3) + 1}.00,Ann ${index},s${index % 2}`;
});

function withoutLines(staged: StagedFile): unknown {
  return JSON.parse(
    JSON.stringify(
      staged.accounts.map((account) => ({ ...account, names: [...account.names] })),
      (key, value) => (key === 'line' ? undefined : typeof value === 'bigint' ? `${value}` : value),
    ),
  );
}

test('a shuffled file is the same file', async () => {
  const expected = withoutLines(await stage(`${header},customer_name,sku\n${lines.join('\n')}\n`));
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
      expect(withoutLines(await stage(`${header},customer_name,sku\n${shuffled.join('\n')}\n`))).toEqual(
        expected,
      );
    }),
    { numRuns: 15 },
  );
});

describe('the staging file', () => {
  test('lies in the folder it is given, for its owner alone, and leaves nothing behind, also when its user fails', async () => {
    const folder = join(aFolder(), 'imports');
    const seen = await stagingIn(folder)(async (db) => {
      fill(db);
      return {
        names: readdirSync(folder),
        open: platform() === 'linux' ? openFiles().filter((path) => path.startsWith(folder)) : [],
      };
    });
    if (platform() === 'linux') {
      expect(seen.open).not.toEqual([]);
      expect(seen.names).toEqual([]);
    }
    await expect(stagingIn(folder)(() => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
    expect(readdirSync(folder)).toEqual([]);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  test('lies in the temporary folder where it can lie nowhere else, and a failing disk says so', async () => {
    const file = join(aFolder(), 'file');
    writeFileSync(file, '');
    for (const wanted of [null, join(file, 'imports')])
      expect(await stagingIn(wanted)(async (db) => fill(db))).toBeUndefined();
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    await expect(stagingIn(null)(() => Promise.reject(full))).rejects.toBeInstanceOf(FilesUnavailable);
  });

  test.runIf(platform() === 'linux')('sorts nothing in the system’s temporary folder', async () => {
    const folder = aFolder();
    const sorting = await stagingIn(folder)(async (db) => {
      fill(db);
      for (const _row of db.prepare('SELECT y FROM rows_to_sort ORDER BY y').iterate([])) return openFiles();
      return [];
    });
    const unlinked = sorting.filter((path) => path.includes('etilqs_'));
    expect(unlinked).not.toEqual([]);
    expect(unlinked.filter((path) => !path.startsWith(folder))).toEqual([]);
  });

  test('removes what an ended process left there, and nothing that may be in use', async () => {
    const folder = aFolder();
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
    for (const name of ['staging-old', 'staging-new']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'staging-old', 'staging.db'), 'names and addresses');
    utimesSync(join(folder, 'staging-old'), hoursAgo, hoursAgo);
    await stagingIn(folder)(async () => undefined);
    expect(readdirSync(folder)).toEqual(['staging-new']);
  });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'staging-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** More than the cache holds. */
function fill(db: StagingDatabase): void {
  db.exec(`CREATE TABLE rows_to_sort AS
    WITH RECURSIVE made(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM made WHERE x < 100000)
    SELECT hex(randomblob(50)) AS y FROM made`);
}

/** What this process has open, also where it is unlinked. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      return [];
    }
  });
}
