import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

const own = '(SELECT id FROM accounts WHERE owner_id = ?)';
const theirs = `(customer_id = ? OR root_id IN ${own})`;

/**
 * Returns follow the orders that a merge moves: to whom they are told, and whose they count among. Credit stays with the account
 * it was booked for, as the ledger has it. `remember` is given the ids, to be written first.
 */
export function mergeReturns(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(statement(`SELECT id FROM returns WHERE ${theirs}`, mergedId, mergedId)),
    follow({ from: mergedId, to: survivorId }, null),
  ];
}

/** Those among the remembered `keys` that are still the survivor's go back. */
export function splitReturns({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return follow({ from: survivorId, to: mergedId }, keys);
}

/** Of a personal account, which is a root without departments; what was given back for a company stays its. */
function follow({ from, to }: { from: string; to: string }, keys: Statement | null): Statement {
  return statement(
    `UPDATE returns SET customer_id = CASE WHEN customer_id = ? THEN ? ELSE customer_id END,
       root_id = CASE WHEN root_id IN ${own} THEN coalesce(${own}, root_id) ELSE root_id END
     WHERE ${theirs}${keys === null ? '' : ` AND id IN (${keys.sql})`}`,
    ...[from, to, from, to, from, from, ...(keys?.args ?? [])],
  );
}
