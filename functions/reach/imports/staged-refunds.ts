import { unpackLine } from './packed-line.ts';
import type { StagedLine } from './staged-line.ts';
import { splitKey } from './staged-rows.ts';
import type { StagingDatabase } from './staging-database.ts';

/** Rows that take back goods of one order whose sale is not in the file. */
export interface StagedTakeBack {
  source: string;
  number: string;
  /** The physical line of its first row. */
  line: number;
  rows: StagedLine[];
}

/** By order, the rows of each as they stand in the file. */
export function* listTakeBacks(db: StagingDatabase, after: string): Generator<StagedTakeBack> {
  const rows = db.prepare(
    'SELECT order_key, packed FROM refunds WHERE order_key > ? ORDER BY order_key, line',
  );
  let current: StagedTakeBack | null = null;
  let currentKey = '';
  for (const found of rows.iterate([after])) {
    if (!isRefundRow(found)) throw new Error('unexpected shape of a refund row');
    const [key, packed] = found;
    const row = unpackLine(packed, splitKey(key));
    if (current !== null && key === currentKey) current.rows.push(row);
    else {
      if (current !== null) yield current;
      current = { ...splitKey(key), line: row.line, rows: [row] };
      currentKey = key;
    }
  }
  if (current !== null) yield current;
}

function isRefundRow(row: unknown): row is [orderKey: string, packed: string] {
  return Array.isArray(row) && row.length === 2;
}
