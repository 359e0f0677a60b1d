import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

/** The survivor stays on top of the list where the merged one was. `remember` is given the pin, to be written first. */
export function mergePins(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(
      statement(
        `SELECT customer_id FROM customer_pins WHERE customer_id = ?
         AND NOT EXISTS (SELECT 1 FROM customer_pins WHERE customer_id = ?)`,
        mergedId,
        survivorId,
      ),
    ),
    statement(
      `INSERT INTO customer_pins (customer_id, at, actor)
       SELECT ?, at, actor FROM customer_pins WHERE customer_id = ? ON CONFLICT DO NOTHING`,
      survivorId,
      mergedId,
    ),
  ];
}

/** Takes the survivor off the top where only the merged one, whom `keys` tell, was there; not whom staff pinned since. */
export function splitPins({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return statement(
    `DELETE FROM customer_pins WHERE customer_id = ? AND EXISTS (SELECT 1 FROM customer_pins AS own
       WHERE own.customer_id = ? AND own.customer_id IN (${keys.sql}) AND own.at = customer_pins.at)`,
    survivorId,
    mergedId,
    ...keys.args,
  );
}
