import { openJoined } from './join-credits.ts';
import type { FieldTerms } from './merge-fields.ts';
import { unpackLine } from './packed-line.ts';
import { because, readReason } from './reason.ts';
import { composeCredit, type StagedCredit } from './staged-credit.ts';
import { accountKeyOf, type RowError, type StagedLine } from './staged-line.ts';
import { composeOrder, type StagedOrder } from './staged-order.ts';
import { splitKey } from './staged-rows.ts';
import type { StagingDatabase } from './staging-database.ts';

/** What a file holds for one account. */
export interface StagedAccount {
  /** As `accountKeyOf` makes it. */
  accountKey: string;
  account: string | null;
  /** By `placedAt`, number, source; none where the file holds only what was given back. */
  orders: StagedOrder[];
  /** What was given back of these orders or earlier ones, in the same order; none in most files. */
  credits: StagedCredit[];
  /** The name of every customer among them, by email: that of their latest order in the file; null when none has one. */
  names: Map<string, string | null>;
}

/** Accounts by key; orders whose rows contradict each other go to `refuse`. */
export function* listAccounts(
  db: StagingDatabase,
  refuse: (error: RowError, source: string) => void,
  { after, ...till }: FieldTerms & { after: string },
): Generator<StagedAccount> {
  const nameOf = openNames(db);
  let key: string | null = null;
  let orders: StagedOrder[] = [];
  let credits: StagedCredit[] = [];
  let account: string | null = null;
  const close = (): StagedAccount | null => {
    const accountKey = key;
    if (accountKey === null || orders.length + credits.length === 0) return null;
    const emails = orders.flatMap(({ email }) => email ?? []);
    const names = new Map(emails.map((email) => [email, nameOf(email)]));
    return { accountKey, account, orders, credits, names };
  };
  for (const { accountKey, placedAt, rows } of listOrders(db, after)) {
    if (accountKey !== key) {
      const closed = close();
      if (closed !== null) yield closed;
      key = accountKey;
      account = rows[0]?.account ?? null;
      orders = [];
      credits = [];
    }
    const source = rows[0]?.source ?? '';
    if (rows[0]?.isCredit === true) {
      const composed = composeCredit(rows, placedAt, till);
      if (composed.ok) credits.push(composed.credit);
      else refuse(composed.error, source);
    } else {
      const composed = composeOrder(rows, placedAt, till);
      if (composed.ok) orders.push(composed.order);
      else refuse(composed.error, source);
    }
  }
  const closed = close();
  if (closed !== null) yield closed;
}

/** Errors of rows and orders together, by line. */
export function* listErrors(db: StagingDatabase): Generator<RowError> {
  const rows = db.prepare('SELECT line, number, reason FROM errors ORDER BY line').iterate([]);
  for (const row of rows) {
    if (!isErrorRow(row)) throw new Error('unexpected shape of an error row');
    const [line, order, kept] = row;
    yield { line, order, reason: readReason(kept) ?? because('unreadable') };
  }
}

interface OrderRows {
  accountKey: string;
  orderKey: string;
  placedAt: number;
  rows: StagedLine[];
}

/** Rows of one order lie next to each other. */
function* listOrders(db: StagingDatabase, after: string): Generator<OrderRows> {
  const joinedTo = openJoined(db);
  let order: OrderRows = { accountKey: '', orderKey: '', placedAt: 0, rows: [] };
  for (const [placedAt, key, packed] of listRows(db, after)) {
    const staged = unpackLine(packed, splitKey(key));
    if (order.orderKey === key) {
      order.rows.push(staged);
    } else {
      if (order.rows.length > 0) yield order;
      const joined = isCreditOfNobody(staged) ? joinedTo({ key }) : null;
      const accountKey = joined?.accountKey ?? accountKeyOf(staged);
      if (joined !== null) staged.refundedOrder = joined.number;
      order = { accountKey, orderKey: key, placedAt, rows: [staged] };
    }
  }
  if (order.rows.length > 0) yield order;
}

const isCreditOfNobody = ({ isCredit, email, key }: StagedLine) => isCredit && email === null && key === null;

type SortedRow = [placedAtMs: number, orderKey: string, packed: string];

function* listRows(db: StagingDatabase, after: string): Generator<SortedRow> {
  const sorted = db.prepare(
    'SELECT placed_at, order_key, packed FROM rows WHERE account_key > ? ORDER BY account_key, placed_at, order_key',
  );
  for (const row of sorted.iterate([after])) {
    if (!isSortedRow(row)) throw new Error('unexpected shape of a staged row');
    yield row;
  }
}

function openNames(db: StagingDatabase): (email: string) => string | null {
  const hasNames = db.prepare('SELECT 1 FROM names LIMIT 1').get([]) !== null;
  const find = db.prepare('SELECT name FROM names WHERE email = ?');
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
