import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

const own = 'SELECT id FROM accounts WHERE owner_id = ?';

/**
 * The survivor's own account is a key account where the merged one's was pinned. `remember` is given the pin, to be written
 * first.
 */
export function mergePins(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(
      statement(
        `SELECT root_id FROM account_pins WHERE root_id IN (${own})
         AND NOT EXISTS (SELECT 1 FROM account_pins WHERE root_id IN (${own}))`,
        mergedId,
        survivorId,
      ),
    ),
    statement(
      `INSERT INTO account_pins (root_id, at, actor)
       SELECT a.id, p.at, p.actor FROM accounts AS a CROSS JOIN account_pins AS p
       WHERE a.owner_id = ? AND p.root_id IN (${own}) ON CONFLICT DO NOTHING`,
      survivorId,
      mergedId,
    ),
  ];
}

/** Takes the survivor's pin away where only the merged one, whose account `keys` tell, was pinned; not one that staff set since. */
export function splitPins({ survivorId }: Pick<Two, 'survivorId'>, keys: Statement): Statement {
  return statement(
    `DELETE FROM account_pins WHERE root_id IN (${own}) AND EXISTS (SELECT 1 FROM account_pins AS merged
       WHERE merged.root_id IN (${keys.sql}) AND merged.at = account_pins.at)`,
    survivorId,
    ...keys.args,
  );
}
