import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRemote } from '../../db/remote.ts';
import { regulars } from '../support/cli.ts';
import { halfBack, setProgrammeFile } from '../support/programmes.ts';
import { portalSettings } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';

const ORDERS = 1500;
const LINES = 12;

/** More than sqld answers with at once, of one buyer. */
function ordersFile(): string {
  const product = 'A thing whose name is as long as names of things get '.repeat(9).trim();
  const head = 'order_number,placed_at,currency,customer_email,status,product,line_total';
  const rows = Array.from({ length: ORDERS }, (_, order) =>
    Array.from(
      { length: LINES },
      (_, line) =>
        `L-${order},2026-03-01T12:00:00Z,EUR,ann@example.com,delivered,${product} ${line},${line + 1}.00`,
    ),
  );
  return `${[head, ...rows.flat()].join('\n')}\n`;
}

describe.skipIf(noSqld !== null)('more than a database server answers with at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-large-'));
  let database: Sqld;
  let settings: Record<string, string>;

  beforeAll(async () => {
    database = await startSqld();
    settings = portalSettings(database.url, 'http://127.0.0.1:9');
    const file = join(folder, 'orders.csv');
    writeFileSync(file, ordersFile());
    await regulars(settings, 'migrate');
    await regulars(settings, 'import', 'orders', file);
  });
  afterAll(async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every command that reads all of an account does', async () => {
    await setProgrammeFile(settings, folder, halfBack);
    const spend = (ORDERS * LINES * (LINES + 1) * 100) / 2;
    expect(JSON.parse(await regulars(settings, 'verify', '--json'))).toMatchObject({ differences: 0 });
    const balances = JSON.parse(await regulars(settings, 'balances', '--json'));
    expect(balances).toMatchObject([{ email: 'ann@example.com', spend }]);
    const rows = (text: string) => text.trimEnd().split('\n').length - 1;
    expect(rows(await regulars(settings, 'export', 'orders'))).toBe(ORDERS * LINES);
    expect(rows(await regulars(settings, 'export', 'ledger'))).toBe(ORDERS);
  });

  test('rows come whole and in their sequence, beside others asked for in the same turn', async () => {
    const store = openRemote({ url: database.url });
    const numbers = (count: number) => ({
      sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
        SELECT i, printf('%0400d', i) AS i FROM n ORDER BY 1 DESC`,
      args: [count],
    });
    const [many, few] = await Promise.all([store.read(numbers(40_000)), store.read(numbers(3))]);
    expect(many.map(([i]) => Number(i))).toEqual(
      Array.from({ length: 40_000 }, (_, index) => 40_000 - index),
    );
    expect(few.map(([i]) => i)).toEqual([3n, 2n, 1n]);
    store.close();
  });
});
