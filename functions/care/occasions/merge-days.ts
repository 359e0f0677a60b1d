import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

/**
 * Days of the merged customer's own become the survivor's, and whatever either was told counts as told: nobody is wished well
 * twice for having been two. A gift stays owed to the account that got it. `remember` is given the days, to be written first.
 */
export function mergeDays(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(statement('SELECT id FROM customer_days WHERE customer_id = ? AND ended_at IS NULL', mergedId)),
    statement(
      'UPDATE customer_days SET customer_id = ? WHERE customer_id = ? AND ended_at IS NULL',
      ...[survivorId, mergedId],
    ),
    statement(
      `INSERT INTO occasion_wishes (id, customer_id, kind, day_id, day, year, outcome, root_id, gift_form, gift_minor, at, actor)
       SELECT 'merged:' || ? || ':' || id, ?, kind, day_id, day, year, 'merged', root_id, 'none', 0, at, actor
       FROM occasion_wishes WHERE customer_id = ? ON CONFLICT DO NOTHING`,
      ...[survivorId, survivorId, mergedId],
    ),
  ];
}

/** Those among the remembered days that are still the survivor's go back; what was told stays told. */
export function splitDays({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return statement(
    `UPDATE customer_days SET customer_id = ? WHERE customer_id = ? AND id IN (${keys.sql})`,
    ...[mergedId, survivorId, ...keys.args],
  );
}
