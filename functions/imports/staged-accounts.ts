import { unpackLine } from './packed-line.ts';
import { accountKeyOf, type RowError, type StagedLine } from './staged-line.ts';
import { composeOrder, type StagedOrder } from './staged-order.ts';
import { type StagingDatabase, splitKey } from './staging-file.ts';

/** What a file holds for one account. */
export interface StagedAccount {
  /** `account:NAME`, or `customer:EMAIL` for a customer's own. */
  accountKey: string;
  account: string | null;
  /** By `placedAt`, number, source; one at least. */
  orders: StagedOrder[];
  /** The name of every customer among them, by email: that of their latest order in the file; null when none has one. */
  names: Map<string, string | null>;
}

/** Accounts by key; orders whose rows contradict each other go to `refuse`. */
export function* listAccounts(
  db: StagingDatabase,
  refuse: (error: RowError) => void,
): Generator<StagedAccount> {
  const nameOf = openNames(db);
  let key: string | null = null;
  let orders: StagedOrder[] = [];
  const close = (): StagedAccount | null => {
    const accountKey = key;
    if (accountKey === null || orders.length === 0) return null;
    const names = new Map(orders.map(({ email }) => [email, nameOf(email)]));
    return { accountKey, account: orders[0]?.account ?? null, orders, names };
  };
  for (const { accountKey, placedAt, rows } of listOrders(db)) {
    if (accountKey !== key) {
      const account = close();
      if (account !== null) yield account;
      key = accountKey;
      orders = [];
    }
    const composed = composeOrder(rows, placedAt);
    if (composed.ok) orders.push(composed.order);
    else refuse(composed.error);
  }
  const account = close();
  if (account !== null) yield account;
}

/** Errors of rows and orders together, by line. */
export function* listErrors(db: StagingDatabase, late: readonly RowError[]): Generator<RowError> {
  const rows = db.prepare('SELECT line, number, reason FROM errors ORDER BY line').raw().iterate([]);
  const rest = late.toSorted((a, b) => a.line - b.line);
  for (const row of rows) {
    if (!isErrorRow(row)) throw new Error('unexpected shape of an error row');
    const [line, order, reason] = row;
    while (rest[0] !== undefined && rest[0].line < line) yield* rest.splice(0, 1);
    yield { line, order, reason };
  }
  yield* rest;
}

interface OrderRows {
  accountKey: string;
  orderKey: string;
  placedAt: number;
  rows: StagedLine[];
}

/** Rows of one order lie next to each other. */
function* listOrders(db: StagingDatabase): Generator<OrderRows> {
  let order: OrderRows = { accountKey: '', orderKey: '', placedAt: 0, rows: [] };
  for (const [placedAt, key, packed] of listRows(db)) {
    const staged = unpackLine(packed, splitKey(key));
    if (order.orderKey === key) {
      order.rows.push(staged);
    } else {
      if (order.rows.length > 0) yield order;
      order = { accountKey: accountKeyOf(staged), orderKey: key, placedAt, rows: [staged] };
    }
  }
  if (order.rows.length > 0) yield order;
}

type SortedRow = [placedAtMs: number, orderKey: string, packed: string];

function* listRows(db: StagingDatabase): Generator<SortedRow> {
  const sorted = db
    .prepare('SELECT placed_at, order_key, packed FROM rows ORDER BY account_key, placed_at, order_key')
    .raw();
  for (const row of sorted.iterate([])) {
    if (!isSortedRow(row)) throw new Error('unexpected shape of a staged row');
    yield row;
  }
}

function openNames(db: StagingDatabase): (email: string) => string | null {
  const hasNames = db.prepare('SELECT 1 FROM names LIMIT 1').get([]) !== undefined;
  const find = db.prepare('SELECT name FROM names WHERE email = ?').raw();
  return (email) => {
    const row = hasNames ? find.get([email]) : null;
    return Array.isArray(row) && typeof row[0] === 'string' ? row[0] : null;
  };
}

function isSortedRow(row: unknown): row is SortedRow {
  return Array.isArray(row) && row.length === 3;
}

function isErrorRow(row: unknown): row is [number, string | null, string] {
  return Array.isArray(row) && row.length === 3;
}
