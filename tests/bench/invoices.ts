import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** The shape of the UCI "Online Retail" file: invoices of a gift wholesaler, a quarter of them of nobody, and credit notes. */
export interface InvoiceFile {
  rows: number;
  creditRows: number;
  nobodyRows: number;
  /** What each customer paid less what came back, in cents. */
  spendByCustomer: Map<string, number>;
}

export const invoiceMap = {
  source: 'invoices',
  columns: {
    order_number: 'InvoiceNo',
    placed_at: 'InvoiceDate',
    customer_key: 'CustomerID',
    sku: 'StockCode',
    product: 'Description',
    quantity: 'Quantity',
    unit_price: 'UnitPrice',
  },
  defaults: { currency: 'GBP' },
  dateFormat: 'MM/DD/YYYY HH:mm',
  refunds: { prefix: 'C' },
};

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n';
const CUSTOMERS = 4372;
const GOODS = 3600;
const START = Date.UTC(2010, 11, 1, 8);
const MINUTE_MS = 60_000;

/** Writes a file of at least `rows` rows, the same for the same number. Every credit note takes back what was bought before. */
export async function writeInvoices(path: string, rows: number): Promise<InvoiceFile> {
  const file = createWriteStream(path);
  const made: InvoiceFile = { rows: 0, creditRows: 0, nobodyRows: 0, spendByCustomer: new Map() };
  const next = openRandom(42);
  const bought = new Map<string, Bought[]>();
  let number = 536_365;
  let at = START;
  file.write(header);
  while (made.rows < rows) {
    number += 1;
    at += (1 + next(24)) * MINUTE_MS;
    const customer = next(4) === 0 ? '' : String(12_346 + next(CUSTOMERS));
    const own = bought.get(customer) ?? [];
    const isCredit = customer !== '' && own.length > 0 && next(6) === 0;
    const lines = isCredit ? takeBack(own, next) : sell(own, next);
    if (customer !== '') bought.set(customer, own);
    const text = lines.map((line) =>
      rowOf(line, { number: `${isCredit ? 'C' : ''}${number}`, at, customer }),
    );
    if (!file.write(text.join(''))) await once(file, 'drain');
    count(made, lines, { customer, isCredit });
  }
  file.end();
  await once(file, 'close');
  return made;
}

interface Bought {
  sku: number;
  quantity: number;
  cents: number;
}

function sell(own: Bought[], next: (below: number) => number): Bought[] {
  const first = next(GOODS);
  return Array.from({ length: 1 + next(46) }, (_, index) => {
    const sku = (first + index * 7) % GOODS;
    const line = { sku, quantity: 1 + next(24), cents: 25 + ((sku * 37) % 900) };
    own.push({ ...line });
    return line;
  });
}

/** A few kinds of goods, each whole or in part. */
function takeBack(own: Bought[], next: (below: number) => number): Bought[] {
  return Array.from({ length: 1 + next(6) }).flatMap(() => {
    const [line] = own.splice(next(own.length), 1);
    if (line === undefined) return [];
    const quantity = 1 + next(line.quantity);
    if (quantity < line.quantity) own.push({ ...line, quantity: line.quantity - quantity });
    return [{ ...line, quantity: -quantity }];
  });
}

function rowOf(line: Bought, order: { number: string; at: number; customer: string }): string {
  const day = new Date(order.at);
  const date = `${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear()} ${day.getUTCHours()}:${String(day.getUTCMinutes()).padStart(2, '0')}`;
  const price = (line.cents / 100).toFixed(2);
  return `${order.number},${10_000 + line.sku},GIFT NUMBER ${line.sku},${line.quantity},${date},${price},${order.customer},United Kingdom\r\n`;
}

function count(
  made: InvoiceFile,
  lines: readonly Bought[],
  { customer, isCredit }: { customer: string; isCredit: boolean },
): void {
  made.rows += lines.length;
  if (isCredit) made.creditRows += lines.length;
  if (customer === '') {
    made.nobodyRows += lines.length;
    return;
  }
  const cents = lines.reduce((sum, line) => sum + line.quantity * line.cents, 0);
  made.spendByCustomer.set(customer, (made.spendByCustomer.get(customer) ?? 0) + cents);
}

/** A small generator of whole numbers below a bound, the same in every run. */
function openRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
