import type { FileForm } from './file-form.ts';
import { orderOf, sourceOf } from './parse-order-rows.ts';
import { orderKey, type StagingDatabase } from './staging-file.ts';
import type { Till } from './till.ts';
import { writeRejected } from './write-rejected.ts';

/** Reads the file again and writes what belongs to an order with an error, or is a row with one. */
export function writeRejectedOrders(
  db: StagingDatabase,
  file: { path: string; form: FileForm; till: Till; out: string },
): Promise<number> {
  const byOrder = db.prepare('SELECT reason FROM errors WHERE order_key = ?').raw();
  const byLine = db.prepare('SELECT reason FROM errors WHERE line = ? AND order_key IS NULL').raw();
  let before = '';
  return writeRejected({
    ...file,
    reasonOf({ line, cells }) {
      const read = file.till.read(cells);
      if (read.is_continued && read.order_number.trim() === '') read.order_number = before;
      before = read.order_number;
      const number = orderOf(read);
      const key = number === null ? null : orderKey({ source: sourceOf(read), number });
      return reasonIn(key === null ? byLine.get([line]) : byOrder.get([key]));
    },
  });
}

function reasonIn(row: unknown): string | null {
  return Array.isArray(row) && typeof row[0] === 'string' ? row[0] : null;
}
