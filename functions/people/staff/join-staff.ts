import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { insertAuditLines } from '../../ground/audit/insert-audit-line.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';

/**
 * Who works in the portal already and in what comes in, by one address, is one person: with the id, name and role of what
 * comes in, and with the sessions of here. Second factors and passkeys are bound to the id of here: they end, and are set up
 * anew at the next sign-in. The log, of which no line changes, tells who the id of here was: see `listActs`.
 */
export function joinStaff(staged: string, ctx: Pick<Context, 'now' | 'actor'>): Statement[] {
  const { now, actor } = ctx;
  const known = (id: string) => `(SELECT coming.id FROM staff AS here JOIN (${staged}) AS coming
    ON coming.email = here.email WHERE here.id = ${id})`;
  const carried = (table: string, column: string, also = '') =>
    statement(`UPDATE ${table} SET ${column} = ${known(`${table}.${column}`)}
      WHERE ${known(`${table}.${column}`)} IS NOT NULL${also}`);
  return [
    insertAuditLines(ctx, {
      ...{ kind: 'staff.joined', subjectKind: 'former_staff', subjectId: 'here.id' },
      ...{ detail: { to: 'coming.id' } },
      from: `staff AS here JOIN (${staged}) AS coming ON coming.email = here.email WHERE coming.id <> here.id`,
    }),
    statement(
      `UPDATE staff_factors SET ended_at = ?, ended_by = ?
        WHERE ended_at IS NULL AND ${known('staff_factors.staff_id')} IS NOT NULL`,
      now(),
      actorName(actor),
    ),
    carried('staff_factors', 'staff_id'),
    carried('sessions', 'subject_id', " AND kind = 'staff'"),
    statement(`DELETE FROM passkeys WHERE kind = 'staff' AND ${known('passkeys.subject_id')} IS NOT NULL`),
    carried('owner_changes', 'staff_id'),
    carried('owner_changes', 'asked_by'),
    carried('sign_in_challenges', 'subject_id', " AND purpose IN ('staff', 'owner')"),
    statement(`DELETE FROM staff WHERE email IN (SELECT email FROM (${staged}))`),
  ];
}
