import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { openEmbedded } from '../../db/embedded.ts';
import { parseColumnMap } from '../../functions/reach/imports/column-map.ts';
import { importOrders } from '../../functions/reach/imports/on-node/by-path.ts';
import { openBare } from './bare/database.ts';
import { invoiceMap } from './invoices.ts';
import { contextOn } from './seed.ts';

/** One reading of an invoice file. Usage: node invoice-once.ts ours|bare FILE DATABASE; prints seconds, rows and the most memory. */
const [whose, file = '', path = ''] = process.argv.slice(2);
const started = performance.now();
const rows = await (whose === 'bare' ? readBarely() : readWhole());
const seconds = (performance.now() - started) / 1000;
const memory_mb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ seconds, rows, memory_mb }));

async function readWhole(): Promise<number> {
  const db = openEmbedded(path);
  const report = await importOrders(contextOn(db), { path: file, map: parseColumnMap(invoiceMap) });
  db.close();
  if (report.orders.rejected > 0) throw new Error(`rejected: ${JSON.stringify(report.errors.slice(0, 3))}`);
  return report.lines;
}

/** Cut at the commas, grouped by invoice in memory, written a hundred invoices a commit; nothing is checked or earned. */
async function readBarely(): Promise<number> {
  const database = openBare(path);
  database
    .keep('CREATE TABLE invoices (number TEXT PRIMARY KEY, customer TEXT, placed_at TEXT, minor INTEGER)')
    .run();
  database
    .keep(
      'CREATE TABLE lines (invoice TEXT, position INTEGER, sku TEXT, product TEXT, quantity INTEGER, minor INTEGER, PRIMARY KEY (invoice, position)) WITHOUT ROWID',
    )
    .run();
  const invoice = database.keep('INSERT INTO invoices VALUES (?,?,?,?)');
  const line = database.keep('INSERT INTO lines VALUES (?,?,?,?,?,?)');
  const invoices = new Map<string, string[][]>();
  let count = -1;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const cells = text.split(',');
    count += 1;
    const known = invoices.get(cells[0] ?? '');
    if (count === 0) continue;
    if (known === undefined) invoices.set(cells[0] ?? '', [cells]);
    else known.push(cells);
  }
  for (const step of pagesOf([...invoices])) {
    await database.together(() => {
      for (const [number, own] of step) {
        const minors = own.map(
          ([, , , quantity, , price]) => Number(quantity) * Math.round(Number(price) * 100),
        );
        const total = minors.reduce((sum, minor) => sum + minor, 0);
        invoice.run(number, own[0]?.[6] ?? '', own[0]?.[4] ?? '', total);
        for (const [index, [, sku = '', product = '', quantity]] of own.entries())
          line.run(number, index, sku, product, Number(quantity), minors[index] ?? 0);
      }
    });
  }
  return count;
}

function* pagesOf<Item>(items: Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += 100) yield items.slice(at, at + 100);
}
