import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** Whether an event of an order, told by staff, was taken back. */
export async function findWithdrawn(
  db: Store,
  { source, number, eventId }: { source: string; number: string; eventId: string },
): Promise<boolean> {
  const rows = await db.read(
    statement(
      `SELECT 1 FROM withdrawn_events WHERE source = 'console' AND event_id = ?
       AND order_id = (SELECT id FROM orders WHERE source = ? AND number = ?)`,
      ...[eventId, source, number],
    ),
  );
  return rows.length > 0;
}
