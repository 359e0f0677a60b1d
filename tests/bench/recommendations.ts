import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { statement } from '../../db/query.ts';
import type { Store } from '../../db/store.ts';
import { evaluateRecommendations } from '../../functions/insight/recommendations/evaluate-recommendations.ts';
import { listRecommendations } from '../../functions/insight/recommendations/list-recommendations.ts';
import { rebuildProducts } from '../../functions/insight/recommendations/work-on-products.ts';
import { remove } from './kept.ts';
import { contextOn } from './seed.ts';

/**
 * How long counting what goes together takes, what it holds in memory, its longest write, and what a page asks for.
 * Usage: node tests/bench/recommendations.ts [ORDERS] [FOLDER]
 */
const orders = Number(process.argv[2] ?? 1_000_000);
const folder = process.argv[3] ?? 'data/bench';
const ORDERS_PER_ACCOUNT = 10;
const PRODUCTS = 5000;
const STEP = 50_000;

const path = await fill();
const db = openEmbedded(path);
const writes: number[] = [];
const timed: Store = Object.assign(Object.create(db), {
  write: async (statements: Parameters<Store['write']>[0]) => {
    const began = performance.now();
    const rows = await db.write(statements);
    writes.push(performance.now() - began);
    return rows;
  },
});
Object.assign(timed, { fresh: timed });
const ctx = contextOn(timed);
let peak_mb = 0;
const watch = () => {
  const { heapUsed, external } = process.memoryUsage();
  peak_mb = Math.max(peak_mb, (heapUsed + external) / 2 ** 20);
};
const phases = new Map<string, number>();
let last = performance.now();
const cpu = process.cpuUsage();
await rebuildProducts(ctx, ({ phase }) => {
  const now = performance.now();
  phases.set(phase, (phases.get(phase) ?? 0) + now - last);
  last = now;
  watch();
});
const { user, system } = process.cpuUsage(cpu);
const [counted] = await db.read(
  statement('SELECT accounts, products, pairs FROM product_runs ORDER BY run DESC'),
);
const seconds = (ms: number) => (ms / 1000).toFixed(1);
process.stdout.write(
  `Counted ${counted?.join(' accounts, products, pairs ')}: ${[...phases].map(([phase, ms]) => `${phase} ${seconds(ms)} s`).join(', ')}; ` +
    `${((user + system) / 1e6).toFixed(1)} s of processor time, ${writes.length} writes, the longest ${Math.max(...writes).toFixed(0)} ms, at most ${peak_mb.toFixed(0)} MB held at the end of a step.\n`,
);
const [some] = await db.read(statement('SELECT group_concat(id) FROM (SELECT id FROM customers LIMIT 200)'));
const asked: number[] = [];
for (const customerId of String(some?.[0]).split(',')) {
  const began = performance.now();
  await listRecommendations(ctx, { customerId, accountId: null, limit: 5 });
  asked.push(performance.now() - began);
}
asked.sort((a, b) => a - b);
process.stdout.write(`A page: ${asked[100]?.toFixed(1)} ms, 95 in 100 below ${asked[190]?.toFixed(1)} ms.\n`);
const began = performance.now();
const { hits, tried } = await evaluateRecommendations(ctx);
process.stdout.write(
  `Evaluated over ${tried} accounts in ${seconds(performance.now() - began)} s: ${JSON.stringify(hits)}\n`,
);
db.close();

/** Rows as the operations write them, without history: accounts of ten orders of two lines, from 5,000 products, few of them popular. */
async function fill(): Promise<string> {
  const filled = `${folder}/recommendations-${orders}.db`;
  if (existsSync(filled)) return filled;
  mkdirSync(folder, { recursive: true });
  const building = `${filled}.building`;
  remove(building);
  const store = openEmbedded(building);
  await migrate(store, Date.now());
  await store.script('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
  for (let from = 0; from < orders; from += STEP) await fillStep(store, from, Math.min(orders, from + STEP));
  await store.script('PRAGMA wal_checkpoint(TRUNCATE)');
  store.close();
  renameSync(building, filled);
  return filled;
}

async function fillStep(store: Store, from: number, to: number): Promise<void> {
  const numbers = 'WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)';
  const whose = `(i / ${ORDERS_PER_ACCOUNT})`;
  const rows = (sql: string) => statement(`${numbers} ${sql}`, from, to);
  const people = (sql: string) =>
    statement(`${numbers} ${sql}`, from / ORDERS_PER_ACCOUNT, to / ORDERS_PER_ACCOUNT);
  /** A number below 1 by chance, to the third: few products are bought by many. */
  const product = (factor: number, prime: number) => {
    const chance = `((i * ${factor} % ${prime}) / ${prime}.0)`;
    return `CAST(${PRODUCTS} * ${chance} * ${chance} * ${chance} AS INTEGER)`;
  };
  await store.write([
    people(
      `INSERT INTO customers (id, email, created_at) SELECT printf('%032x', i * 2), 'c' || i || '@example.com', 1 FROM n`,
    ),
    people(`INSERT INTO accounts (id, root_id, kind, name, owner_id, first_placed_at, history_seq, ledger_seq, ledger_hash,
      balance_minor, settled_revision, created_at) SELECT printf('%032x', i), printf('%032x', i), 'personal', '', printf('%032x', i * 2),
      1, 0, 0, '', 0, 0, 1 FROM n`),
    people(
      `INSERT INTO memberships (account_id, customer_id, since) SELECT printf('%032x', i), printf('%032x', i * 2), 1 FROM n`,
    ),
    rows(`INSERT INTO orders (id, source, number, account_id, root_id, customer_id, placed_at, currency, total_minor,
      discount_minor, refunded_minor, line_count, status, status_at, is_cancelled, is_held, recorded_at)
      SELECT printf('%032x', i), 'web', 'W-' || i, printf('%032x', ${whose}), printf('%032x', ${whose}), printf('%032x', ${whose} * 2),
      ${Date.UTC(2025, 0, 1)} + (i % ${ORDERS_PER_ACCOUNT}) * 5000000000 + i % 86400000, 'EUR', 1000, 0, 0, 2, 'delivered', 1, 0, 0, 1 FROM n`),
    rows(`INSERT INTO order_lines (order_id, position, line_id, sku, product, quantity_milli, total_minor, discount_minor,
      refunded_minor, is_gift_card) SELECT printf('%032x', i), 1, '1', 'SKU-' || ${product(7_368_787, 1_000_003)}, 'Thing', 1000, 500, 0, 0, 0 FROM n
      UNION ALL SELECT printf('%032x', i), 2, '2', 'SKU-' || ${product(6_700_417, 999_983)}, 'Thing', 1000, 500, 0, 0, 0 FROM n`),
  ]);
}
