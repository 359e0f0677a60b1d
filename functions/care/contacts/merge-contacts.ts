import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

const tables = ['contacts', 'contact_tasks'] as const;
const own = '(SELECT id FROM accounts WHERE owner_id = ?)';
/** Also what was told of their own account, without a name. */
const theirs = `(customer_id = ? OR (customer_id IS NULL AND root_id IN ${own}))`;

/**
 * Contacts with the merged customer, and what is to be done for them, become the survivor's; what was about the merged one's own
 * account is about the survivor's. `remember` is given their ids, to be written first.
 */
export function mergeContacts(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(
      statement(
        `SELECT id FROM contacts WHERE ${theirs} UNION ALL SELECT id FROM contact_tasks WHERE ${theirs}`,
        ...[mergedId, mergedId, mergedId, mergedId],
      ),
    ),
    ...tables.map((table) => follow(table, { from: mergedId, to: survivorId }, null)),
  ];
}

/** Those among the remembered `keys` that are still the survivor's go back. */
export function splitContacts({ survivorId, mergedId }: Two, keys: Statement): Statement[] {
  return tables.map((table) => follow(table, { from: survivorId, to: mergedId }, keys));
}

/** A personal account is a root without departments. */
function follow(
  table: (typeof tables)[number],
  { from, to }: { from: string; to: string },
  keys: Statement | null,
) {
  const moved = (column: string) =>
    `${column} = CASE WHEN root_id IN ${own} THEN coalesce(${own}, ${column}) ELSE ${column} END`;
  return statement(
    `UPDATE ${table} SET customer_id = CASE WHEN customer_id IS NULL THEN NULL ELSE ? END, ${moved('account_id')}, ${moved('root_id')}
     WHERE ${theirs}${keys === null ? '' : ` AND id IN (${keys.sql})`}`,
    ...[to, from, to, from, to, from, from, ...(keys?.args ?? [])],
  );
}
