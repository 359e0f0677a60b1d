import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { startOfDay } from '../../../functions/ground/platform/business-time.ts';
import { type BareDatabase, type Cell, openBare } from './database.ts';
import { insert, newId, nulls, sql } from './record-order.ts';

const TARGET = 10_000;
const BACK = 500;
const ORDERS_PER_COMMIT = 100;
const timeZone = 'America/New_York';

interface BareRow {
  number: string;
  day: string;
  email: string;
  currency: string;
  product: string;
  quantity: number;
  minor: number;
}

/** The ceiling of an import: the file cut at its commas, everything in memory, the same rows in one loop. */
export async function importBarely(file: string, path: string): Promise<void> {
  const customers = new Map<string, BareRow[]>();
  let isHead = true;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const [number = '', day = '', email = '', currency = '', product = '', quantity, total = ''] =
      text.split(',');
    const row = { number, day, email, currency, product, quantity: Number(quantity), minor: cents(total) };
    const known = customers.get(email);
    if (isHead) isHead = false;
    else if (known === undefined) customers.set(email, [row]);
    else known.push(row);
  }
  const database = openBare(path);
  const write = openWriter(database);
  let step: [string, BareRow[]][] = [];
  let size = 0;
  const commit = () => {
    const accounts = step;
    step = [];
    size = 0;
    return database.together(() => {
      for (const [email, rows] of accounts) write(email, rows);
    });
  };
  for (const [email, rows] of customers) {
    step.push([email, rows]);
    size += rows.length;
    if (size >= ORDERS_PER_COMMIT) await commit();
  }
  if (size > 0) await commit();
}

function openWriter({ keep }: BareDatabase): (email: string, rows: BareRow[]) => void {
  const [customer, account, membership, spend, total, order, line, event, history, counted, entry, lot] = [
    insert('customers', 'id email name member_number language claimed_at created_at withdrawn_at'),
    insert(
      'accounts',
      'id root_id kind name owner_id first_placed_at signed_up_at history_seq ledger_seq ledger_hash balance_minor settled_revision created_at withdrawn_at',
    ),
    insert('memberships', 'account_id customer_id since'),
    insert('account_spend', 'root_id currency spend_minor order_count'),
    insert(
      'period_totals',
      'root_id rule_id version period_start period_end spend_minor settled_minor posted_minor',
    ),
    sql.order,
    sql.line,
    sql.event,
    sql.history,
    sql.counted,
    sql.entry,
    sql.lot,
  ].map(keep);
  const save = keep(sql.account);
  return (email, rows) => {
    const now = Date.now();
    const [customerId, accountId] = [newId(), newId()];
    const sorted = rows.sort((a, b) => (a.day < b.day ? -1 : 1));
    const first = startOfDay(sorted[0]?.day ?? '', timeZone);
    const currency = sorted[0]?.currency ?? '';
    customer?.run(customerId, email, ...nulls(4), now, null);
    account?.run(accountId, accountId, 'personal', '', customerId, first, null, 0, 0, '', 0, 1, now, null);
    membership?.run(accountId, customerId, now);
    const sum: Sum = { spend: 0, balance: 0, entries: 0 };
    for (const row of sorted) {
      const orderId = newId();
      const at = startOfDay(row.day, timeZone);
      // biome-ignore format: one row of a table a line.
      order?.run(
        orderId, 'import', row.number, accountId, accountId, customerId, at, row.day, row.currency, row.minor, 0, 0,
        null, null, 1, row.product, 'delivered', at, row.day, at, row.day, 0, 0, null, null, now,
      );
      line?.run(orderId, 0, '1', null, row.product, null, row.quantity * 1000, row.minor, 0, 0, 0);
      event?.run(orderId, 'import', 'status:delivered', 'delivered', at, row.day, ...nulls(5), now);
      if (row.minor === 0) continue;
      // biome-ignore format: one row of a table a line.
      counted?.run(accountId, at, row.number, 'import', 'money-back', 1, '1990-01-01', null, orderId, row.minor, at, 1);
      const earned = earn(sum, row.minor);
      if (earned === 0) continue;
      // biome-ignore format: one row of a table a line.
      entry?.run(
        accountId, sum.entries, 'earn', earned, sum.balance, currency, at, now, 'money-back', 1, '1990-01-01', null,
        sum.spend, 'import', row.number, ...nulls(4), hash,
      );
      lot?.run(accountId, sum.entries, 'money-back', 1, earned, earned, 0, at, null);
    }
    history?.run(accountId, 1, now, 'orders_imported', 'system:bench', null, detailOf(rows), 1);
    spend?.run(accountId, currency, sum.spend, rows.length);
    if (sum.spend > 0)
      total?.run(accountId, 'money-back', 1, '1990-01-01', null, sum.spend, sum.spend, sum.balance);
    save.run(1, sum.entries, hash, sum.balance, accountId);
  };
}

interface Sum {
  spend: number;
  balance: number;
  entries: number;
}

function earn(sum: Sum, minor: number): number {
  sum.spend += minor;
  const earned = Math.floor(sum.spend / TARGET) * BACK - sum.balance;
  sum.balance += earned;
  if (earned > 0) sum.entries += 1;
  return earned;
}

const hash: Cell = 'RsGZZDp8jMRUvH8w61aUoE1Mff5Qj7iN87NkB9XSvBo';
const detailOf = (rows: readonly BareRow[]) => JSON.stringify({ created: rows.length, completed: 0 });
const cents = (text: string) => Math.round(Number(text) * 100);
