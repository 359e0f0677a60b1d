import type { StagedOrder } from '../../../functions/reach/imports/staged-order.ts';
import { ordersOf, type StagedFile, stage } from './import-file.ts';

/** What a file says of an order in one line: goods − discount + shipping + tax (tax inside) = paid, back, state. */
function tellOrder(order: StagedOrder): string {
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  const goods = sum(order.lines.map(({ total }) => total));
  const discount = sum(order.lines.map((line) => line.discount));
  const named = sum(order.refunds.flatMap(({ lines }) => lines.map(({ amount }) => amount)));
  const back = sum(order.lines.map(({ refunded }) => refunded)) + named;
  const [shipping, tax] = [order.shipping ?? 0n, order.tax ?? 0n];
  const inside = order.taxIncluded === null ? '' : ` (tax ${order.taxIncluded} inside)`;
  const paid = goods - discount + shipping + tax;
  return `${goods} - ${discount} + ${shipping} + ${tax}${inside} = ${paid} ${order.currency}, back ${back}, ${order.status}`;
}

export interface Situation {
  header: string;
  rows: readonly string[];
  currency?: string;
}

/** Stages rows below a header; each order told in one line, by number. */
export async function tellFile({ header, rows, currency }: Situation): Promise<{
  file: StagedFile;
  orders: Record<string, string>;
}> {
  const file = await stage(`${header}\n${rows.join('\n')}\n`, { defaultCurrency: currency ?? null });
  const orders = ordersOf(file).map((order) => [order.number, tellOrder(order)]);
  return { file, orders: Object.fromEntries(orders) };
}

/** A row of a table with many columns, of which few matter. */
export function rowOf(header: string, cells: Record<string, string>): string {
  const names = header.split(',');
  for (const name in cells) if (!names.includes(name)) throw new Error(`no column ${name}`);
  return names.map((name) => quoted(cells[name] ?? '')).join(',');
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
