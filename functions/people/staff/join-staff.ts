import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/**
 * Who works in the portal already and in what comes in, by one address, is one person: with the id, name and role of what
 * comes in, and with the second factor and the sessions of here.
 */
export function joinStaff(staged: string): Statement[] {
  const known = (id: string) => `(SELECT coming.id FROM staff AS here JOIN (${staged}) AS coming
    ON coming.email = here.email WHERE here.id = ${id})`;
  const carried = (table: string, column: string, also = '') =>
    statement(`UPDATE ${table} SET ${column} = ${known(`${table}.${column}`)}
      WHERE ${known(`${table}.${column}`)} IS NOT NULL${also}`);
  return [
    carried('staff_factors', 'staff_id'),
    carried('sessions', 'subject_id', " AND kind = 'staff'"),
    carried('passkeys', 'subject_id', " AND kind = 'staff'"),
    carried('owner_changes', 'staff_id'),
    carried('owner_changes', 'asked_by'),
    carried('sign_in_challenges', 'subject_id', " AND purpose IN ('staff', 'owner')"),
    statement(`DELETE FROM staff WHERE email IN (SELECT email FROM (${staged}))`),
  ];
}
