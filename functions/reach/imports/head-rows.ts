import type { TillRow } from './columns.ts';
import type { StagingDatabase } from './staging-database.ts';

/** A row that came before the first row of its order, filled in where the file has that at all. */
export interface WaitingRow {
  line: number;
  row: TillRow;
  hasHead: boolean;
}

/**
 * For tills that give an order's own columns on some of its rows only. `resolve` fills in a row that is continued from the
 * whole row just before it; one whose whole row has not come yet waits for the end of the file. A row without a number
 * belongs to the order of the row before.
 */
export function openHeads(db: StagingDatabase): {
  resolve(row: TillRow, line: number): TillRow | null;
  /** The row in hand cannot be read: rows without a number that follow it belong to nobody knows what. */
  lose(): void;
  waiting(): Generator<WaitingRow>;
} {
  const keep = db.prepare('INSERT OR IGNORE INTO heads VALUES (?,?)');
  const wait = db.prepare('INSERT INTO waiting VALUES (?,?,?)');
  let head: TillRow | null = null;
  let number = '';
  return {
    resolve(row, line) {
      if (row.is_continued && row.order_number.trim() === '') row.order_number = number;
      number = row.order_number;
      if (!row.is_continued) {
        if (row.order_number !== head?.order_number) keep.run([row.order_number, JSON.stringify(row)]);
        head = row;
        return row;
      }
      if (row.order_number === head?.order_number) return fillIn(row, head);
      wait.run([line, row.order_number, JSON.stringify(row)]);
      return null;
    },
    lose() {
      number = '';
    },
    waiting: () => listWaiting(db),
  };
}

const page = 500;

function* listWaiting(db: StagingDatabase): Generator<WaitingRow> {
  const next = db.prepare(
    `SELECT line, waiting.cells, heads.cells FROM waiting LEFT JOIN heads USING (number)
       WHERE line > ? ORDER BY line LIMIT ${page}`,
  );
  for (let after = 0, more = true; more; ) {
    const found: unknown[] = next.all([after]);
    more = found.length === page;
    for (const row of found) {
      if (!isWaiting(row)) throw new Error('unexpected shape of a waiting row');
      const [line, cells, head] = row;
      after = line;
      const own: TillRow = JSON.parse(cells);
      yield { line, row: head === null ? own : fillIn(own, JSON.parse(head)), hasHead: head !== null };
    }
  }
}

function isWaiting(row: unknown): row is [number, string, string | null] {
  return Array.isArray(row) && row.length === 3;
}

function fillIn(row: TillRow, head: TillRow): TillRow {
  return {
    ...row,
    placed_at: head.placed_at,
    customer_email: row.customer_email || head.customer_email,
    customer_key: row.customer_key || head.customer_key,
    customer_name: row.customer_name || head.customer_name,
    account: row.account || head.account,
    department: row.department || head.department,
    currency: row.currency || head.currency,
  };
}
