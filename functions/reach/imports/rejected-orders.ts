import type { FileForm } from './file-form.ts';
import { orderOf, sourceOf } from './parse-order-rows.ts';
import { type Reason, readReason } from './reason.ts';
import type { SourceFile } from './source-file.ts';
import { orderKey } from './staged-rows.ts';
import type { StagingDatabase } from './staging-database.ts';
import type { Till } from './till.ts';
import { type RowSink, writeRejected } from './write-rejected.ts';

/** Reads the file again and writes what belongs to an order with an error, or is a row with one. */
export function writeRejectedOrders(
  db: StagingDatabase,
  told: { file: SourceFile; form: FileForm; till: Till; sink: RowSink },
): Promise<number> {
  const byOrder = db.prepare('SELECT reason FROM errors WHERE order_key = ?');
  const byLine = db.prepare('SELECT reason FROM errors WHERE line = ? AND order_key IS NULL');
  let before = '';
  return writeRejected({
    ...told,
    reasonOf({ line, cells }) {
      const read = told.till.read(cells);
      if (read.is_continued && read.order_number.trim() === '') read.order_number = before;
      before = read.order_number;
      const number = orderOf(read);
      const key = number === null ? null : orderKey({ source: sourceOf(read), number });
      return reasonIn(key === null ? byLine.get([line]) : byOrder.get([key]));
    },
  });
}

function reasonIn(row: unknown): Reason | null {
  return Array.isArray(row) && typeof row[0] === 'string' ? readReason(row[0]) : null;
}
