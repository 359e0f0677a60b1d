import type { StatementLine } from '../../functions/desk/portal/statement-types.ts';
import type { Amount } from '../../functions/ground/platform/money.ts';

/** One row of a statement: all that one order brought or took at one moment, or one entry without an order. */
export interface WordedStatementRow {
  /** The newest of its entries. */
  first: StatementLine;
  entries: StatementLine[];
  order: StatementLine['order'];
  amount: Amount;
}

/** Entries as they stand in a statement, those of one row together. */
export function rowsOf(entries: readonly StatementLine[]): WordedStatementRow[] {
  const rows = new Map<number, WordedStatementRow>();
  for (const entry of entries) {
    const row = rows.get(entry.row);
    if (row === undefined) {
      const { order, amount } = entry;
      rows.set(entry.row, { first: entry, entries: [entry], order, amount });
    } else {
      row.entries.push(entry);
      row.amount = { ...row.amount, minor: row.amount.minor + entry.amount.minor };
    }
  }
  return [...rows.values()];
}
