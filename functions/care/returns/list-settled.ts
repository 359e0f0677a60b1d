import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';

/** What of an order's lines came back for money or credit, in thousandths. */
export async function listSettled(
  { db }: Pick<Context, 'db'>,
  orderId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.fresh.read(
    statement(
      `SELECT l.line_id, sum(l.accepted_milli) FROM returns AS r JOIN return_lines AS l ON l.return_id = r.id
       WHERE r.order_id = ? AND r.state = 'settled' AND r.outcome <> 'exchange' GROUP BY l.line_id`,
      orderId,
    ),
  );
  return new Map(rows.map(([lineId, milli]) => [String(lineId), Number(milli)]));
}
