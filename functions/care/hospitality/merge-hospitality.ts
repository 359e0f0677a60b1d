import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

/**
 * What either had counts as had by the one they are: limits are of a person. Of an event that both were at, the merged one's entry
 * stays theirs. `remember` is given the entries, to be written first.
 */
export function mergeHospitality(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  const moving = `customer_id = ? AND (event_id IS NULL OR event_id NOT IN (
    SELECT event_id FROM hospitality_entries WHERE customer_id = ? AND event_id IS NOT NULL))`;
  return [
    remember(statement(`SELECT id FROM hospitality_entries WHERE ${moving}`, mergedId, survivorId)),
    statement(
      `UPDATE hospitality_entries SET customer_id = ? WHERE ${moving}`,
      ...[survivorId, mergedId, survivorId],
    ),
  ];
}

/** Those among the remembered entries go back. */
export function splitHospitality({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return statement(
    `UPDATE hospitality_entries SET customer_id = ? WHERE customer_id = ? AND id IN (${keys.sql})`,
    ...[mergedId, survivorId, ...keys.args],
  );
}
