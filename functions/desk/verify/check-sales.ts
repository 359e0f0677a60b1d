import type { Store } from '../../../db/store.ts';
import { spendOf, stateOf } from '../../money/orders/order-state.ts';
import { listSalePage } from '../../money/orders/waiting/find-sales.ts';
import { type SaleRow, unpackSale } from '../../money/orders/waiting/sale.ts';
import { type Difference, differing, unreadable } from './difference.ts';
import type { What } from './what.ts';

/** Sales of nobody are kept as JSON: each has to be readable, and worth what its row says. */
export async function checkSales(db: Store): Promise<Difference[]> {
  const found: Difference[] = [];
  for (let after = { source: '', number: '' }; ; ) {
    const place = { source: after.source, number: after.number, limit: SALES_PER_STEP };
    const rows = await listSalePage(db, {
      ...place,
      from: Number.MIN_SAFE_INTEGER,
      to: Number.MAX_SAFE_INTEGER,
    });
    for (const row of rows) {
      const what: What = { code: 'sale', of: { order: `${row.source}/${row.number}` } };
      const worth = worthOf(row);
      if (worth instanceof Error) found.push(unreadable('', what, worth));
      else if (worth !== row.spendMinor)
        found.push(differing(what, { account: '', expected: String(worth), found: String(row.spendMinor) }));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < SALES_PER_STEP) return found.slice(0, 100);
    after = last;
  }
}

function worthOf(row: SaleRow): bigint | Error {
  try {
    return spendOf(stateOf(unpackSale(row).order));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const SALES_PER_STEP = 500;
