import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

/** What the merged customer asked for is the survivor's; whose the returns are follows from their orders. `remember` is given the ids. */
export function mergeReturns(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(statement('SELECT id FROM returns WHERE asked_by = ?', mergedId)),
    statement('UPDATE returns SET asked_by = ? WHERE asked_by = ?', survivorId, mergedId),
  ];
}

/** Those among the remembered `keys` go back. */
export function splitReturns({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return statement(
    `UPDATE returns SET asked_by = ? WHERE asked_by = ? AND id IN (${keys.sql})`,
    ...[mergedId, survivorId, ...keys.args],
  );
}
