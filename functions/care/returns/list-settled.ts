import { statement } from '../../../db/query.ts';
import { StoreConflict } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Order } from '../../money/orders/order.ts';

/** What of an order came back for money or credit before. */
export interface Settled {
  /** Of each line, in thousandths. */
  milliByLine: ReadonlyMap<string, number>;
  refundIds: ReadonlySet<string>;
}

/** How an order's refunds name the return that made one. */
export const refundIdOf = (returnId: string) => `${BY_RETURN}${returnId}`;
const BY_RETURN = 'return:';

/** What a settlement says that was decided before another one of the same order was known. */
export const SETTLED_SINCE = 'returns settled since';

export async function listSettled({ db }: Pick<Context, 'db'>, orderId: string): Promise<Settled> {
  const rows = await db.fresh.read(
    statement(
      `SELECT r.id, l.line_id, l.accepted_milli FROM returns AS r JOIN return_lines AS l ON l.return_id = r.id
       WHERE r.order_id = ? AND r.state = 'settled' AND r.outcome <> 'exchange'`,
      orderId,
    ),
  );
  const milliByLine = new Map<string, number>();
  for (const [, line, milli] of rows) {
    const lineId = String(line);
    milliByLine.set(lineId, (milliByLine.get(lineId) ?? 0) + Number(milli));
  }
  return { milliByLine, refundIds: new Set(rows.map(([id]) => refundIdOf(String(id)))) };
}

/**
 * Holds what was listed against the order as it is under its account's lock.
 * @throws {StoreConflict} where another return of it was settled meanwhile, which is decided again
 */
export function assertAllListed({ refunds }: Pick<Order, 'refunds'>, { refundIds }: Settled): void {
  const isNew = (id: string) => id.startsWith(BY_RETURN) && !refundIds.has(id);
  if (refunds.some(({ refundId }) => isNew(refundId))) throw new StoreConflict(SETTLED_SINCE);
}
