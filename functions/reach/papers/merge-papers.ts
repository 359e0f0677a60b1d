import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

const own = '(SELECT id FROM accounts WHERE owner_id = ?)';

/** What was issued to the merged customer is the survivor's; `remember` is given the ids, to be written first. */
export function mergePapers(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(statement('SELECT paper_id FROM paper_holders WHERE customer_id = ?', mergedId)),
    follow({ from: mergedId, to: survivorId }, null),
  ];
}

/** Those among the remembered `keys` that are still the survivor's go back. */
export function splitPapers({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return follow({ from: survivorId, to: mergedId }, keys);
}

/** A personal account is a root without departments. */
function follow({ from, to }: { from: string; to: string }, keys: Statement | null): Statement {
  const moved = (column: string) =>
    `${column} = CASE WHEN root_id IN ${own} THEN coalesce(${own}, ${column}) ELSE ${column} END`;
  return statement(
    `UPDATE paper_holders SET customer_id = ?, ${moved('account_id')}, ${moved('root_id')}
     WHERE customer_id = ?${keys === null ? '' : ` AND paper_id IN (${keys.sql})`}`,
    ...[to, from, to, from, to, from, ...(keys?.args ?? [])],
  );
}
