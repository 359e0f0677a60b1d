import type { StatementEntry, StatementLine } from '../../functions/desk/portal/statement-types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Amount } from '../../functions/ground/platform/money.ts';
import type { Messages } from '../locale.ts';

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

/** What became of a payout or donation; undefined for every other entry. */
export function payoutWords({ payout }: StatementEntry, t: Messages, { day }: Formats): string | undefined {
  if (payout === null) return undefined;
  const { kind, state, paidAt } = payout;
  if (state === 'paid') return t[`entry_${kind}_paid`]({ date: paidAt === null ? '' : day(paidAt) });
  return t[`entry_${kind}_${state === 'returned' ? 'returned' : 'open'}`]();
}
