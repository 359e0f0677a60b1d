import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Database from 'libsql';
import { openEmbedded } from '../../db/embedded.ts';
import { exportOrders } from '../../functions/reach/exports/export-orders.ts';
import { writeRows } from '../../functions/reach/exports/write-rows.ts';
import { contextOn } from './seed.ts';

/**
 * One export of all orders into a file, or nowhere, so that no disk has a say. Usage: node order-export-once.ts ours|bare
 * DATABASE FILE; prints seconds and rows. The bare loop streams one query that gives the same cells of the same rows in
 * the same sequence, and joins them.
 */
const [whose, path = '', target = ''] = process.argv.slice(2);
const started = performance.now();
let rows = 0;
await pipeline(Readable.from(counted(whose === 'bare' ? bare() : ours())), createWriteStream(target));
const seconds = (performance.now() - started) / 1000;
process.stdout.write(JSON.stringify({ seconds, rows }));

async function* ours(): AsyncGenerator<string> {
  const db = openEmbedded(path);
  yield* writeRows(await exportOrders(contextOn(db), { since: null, until: null }), 'csv');
  db.close();
}

function* bare(): Generator<string> {
  const db = new Database(path, { readonly: true });
  for (const pragma of ['cache_size = -65536', 'mmap_size = 1073741824']) db.exec(`PRAGMA ${pragma}`);
  const latest = (column: string) =>
    `(SELECT ${column} FROM order_events WHERE order_id = o.id AND ${column} IS NOT NULL ORDER BY at DESC LIMIT 1)`;
  const all = db.prepare(
    `SELECT o.source, o.number, o.placed_at, c.email, c.name, r.name, a.name, o.currency, l.sku, l.product, l.category,
       l.quantity_milli, l.total_minor, l.discount_minor, l.refunded_minor, o.shipping_minor, o.tax_minor, o.status,
       o.delivered_at, o.promised_by, ${latest('carrier')}, ${latest('tracking_number')},
       (SELECT min(key) FROM customer_keys WHERE customer_id = o.customer_id AND source = o.source)
     FROM orders AS o JOIN customers AS c ON c.id = o.customer_id JOIN accounts AS a ON a.id = o.account_id
       JOIN accounts AS r ON r.id = o.root_id JOIN order_lines AS l ON l.order_id = o.id
     ORDER BY o.source, o.number, l.position`,
  );
  let portion = 'head\n';
  for (const row of all.raw(true).iterate()) {
    portion += `${String(row)}\n`;
    if (portion.length < 65_536) continue;
    yield portion;
    portion = '';
  }
  yield portion;
}

async function* counted(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', at + 1)) rows += 1;
    yield chunk;
  }
}
