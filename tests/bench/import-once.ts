import { openEmbedded } from '../../db/embedded.ts';
import { importOrders } from '../../functions/reach/imports/on-node/by-path.ts';
import { importBarely } from './bare/import.ts';
import { contextOn } from './seed.ts';

/** One import into a migrated database. Usage: node import-once.ts ours|bare FILE DATABASE; prints seconds and rows. */
const [whose, file = '', path = ''] = process.argv.slice(2);
const started = performance.now();
if (whose === 'bare') await importBarely(file, path);
else {
  const db = openEmbedded(path);
  await importOrders(contextOn(db), { path: file });
  db.close();
}
const seconds = (performance.now() - started) / 1000;

const tables = [
  ...['customers', 'accounts', 'memberships', 'orders', 'order_lines', 'order_events', 'history'],
  ...['account_spend', 'counted_spend', 'period_totals', 'ledger', 'lots'],
];
const db = openEmbedded(path);
const [rows] = await db.read({
  sql: `SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table})`).join(', ')}, (SELECT sum(balance_minor) FROM accounts)`,
  args: [],
});
db.close();
process.stdout.write(JSON.stringify({ seconds, rows: rows?.map(Number) ?? [] }));
