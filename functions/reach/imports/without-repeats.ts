import type { OrderFields, StagedLine } from './staged-line.ts';

/** Exports that were put together hold the same rows twice; a row with a name counts once. */
export function withoutRepeats(rows: readonly StagedLine[]): StagedLine[] {
  const seen = new Map<string, StagedLine>();
  return rows.filter((row) => {
    if (row.rowId === null) return true;
    const first = seen.get(row.rowId);
    if (first === undefined) seen.set(row.rowId, row);
    return first === undefined || first.total !== row.total || hasOtherFields(first, row);
  });
}

function hasOtherFields(first: OrderFields, row: OrderFields): boolean {
  return first.orderRefunded !== row.orderRefunded || first.status !== row.status;
}
