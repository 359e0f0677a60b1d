import { readRows } from '../read-rows.ts';
import type { SourceFile } from '../source-file.ts';
import type { Chosen } from './choose-columns.ts';
import type { FileFacts } from './read-facts.ts';

/** What shows only where the rows of an order, and rows that give back, are seen together. */
export interface FileOrderFacts {
  /** Columns of the order of which some order tells several values. */
  several: Set<'placed_at' | 'delivered_at' | 'shipping' | 'tax'>;
  /** Rows below the first of an order that leave the time out. */
  continued: number;
  /** Rows that give back, by the letters their number begins with; '' for none. */
  minus: Map<string, number>;
  /** Letters that numbers of sales begin with. */
  sold: Set<string>;
  withoutCustomer: number;
}

/** Reads all rows a second time, by order. */
export async function readOrderFacts(
  file: SourceFile,
  { form }: FileFacts,
  chosen: Chosen,
): Promise<FileOrderFacts> {
  const facts: FileOrderFacts = {
    several: new Set(),
    continued: 0,
    minus: new Map(),
    sold: new Set(),
    withoutCustomer: 0,
  };
  const seen = new Map<string, string[]>();
  let isHeader = true;
  for await (const batch of readRows(file, { form })) {
    for (const { cells } of batch) {
      if (!isHeader) noteRow(facts, seen, { chosen, cells });
      isHeader = false;
    }
  }
  return facts;
}

const orderColumns = ['placed_at', 'delivered_at', 'shipping', 'tax'] as const;
const ordersMax = 300_000;

function noteRow(
  facts: FileOrderFacts,
  seen: Map<string, string[]>,
  { chosen, cells }: { chosen: Chosen; cells: readonly string[] },
): void {
  const cell = (column: keyof Chosen) => cells[chosen[column] ?? -1]?.trim() ?? '';
  const number = cell('order_number');
  const letters = /^\D{0,20}/.exec(number)?.[0] ?? '';
  const isMinus = [cell('quantity'), cell('line_total')].some((text) => /^[-−(]/.test(text));
  if (isMinus) facts.minus.set(letters, (facts.minus.get(letters) ?? 0) + 1);
  else facts.sold.add(letters);
  if (cell('customer_email') === '' && cell('customer_key') === '') facts.withoutCustomer += 1;
  const values = orderColumns.map((column) => cell(column));
  const before = seen.get(number);
  if (before === undefined) {
    if (seen.size < ordersMax && !isMinus) seen.set(number, values);
    return;
  }
  if (isMinus) return;
  if (values[0] === '') facts.continued += 1;
  for (const [index, column] of orderColumns.entries()) {
    const [left, right] = [before[index] ?? '', values[index] ?? ''];
    if (left !== '' && right !== '' && left !== right) facts.several.add(column);
  }
}
