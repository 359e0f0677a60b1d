import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** The orders that one act of staff told something of and that it still stands on, by the act's key. */
export async function listToldBy(db: Store, eventId: string): Promise<{ source: string; number: string }[]> {
  const rows = await db.read(
    statement(
      `SELECT o.source, o.number FROM order_events AS e INDEXED BY order_events_by_hand JOIN orders AS o ON o.id = e.order_id
       WHERE e.source = 'console' AND e.event_id = ?`,
      eventId,
    ),
  );
  return rows.map(([source, number]) => ({ source: String(source), number: String(number) }));
}
