import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

const own = 'SELECT id FROM accounts WHERE owner_id = ?';

/**
 * The survivor's own account is in the hands that had the merged one's, where it is in nobody's, or in a rule's only and the
 * merged one's was given by hand. `remember` is given the row, to be written first.
 */
export function mergeManagers(
  { survivorId, mergedId, now, actor }: Two & { now: number; actor: string },
  remember: (keys: Statement) => Statement,
): Statement[] {
  const weaker = `SELECT 1 FROM account_managers AS kept WHERE kept.account_id IN (${own}) AND kept.ended_at IS NULL
    AND (kept.segment_id IS NULL OR m.segment_id IS NOT NULL)`;
  const carried = `FROM account_managers AS m WHERE m.account_id IN (${own}) AND m.ended_at IS NULL AND NOT EXISTS (${weaker})`;
  return [
    remember(statement(`SELECT m.id ${carried}`, mergedId, survivorId)),
    statement(
      `UPDATE account_managers SET ended_at = ?, ended_by = ? WHERE account_id IN (${own}) AND ended_at IS NULL
        AND EXISTS (SELECT 1 ${carried})`,
      ...[now, actor, survivorId, mergedId, survivorId],
    ),
    statement(
      `INSERT INTO account_managers (id, account_id, staff_id, segment_id, why, at, actor)
       SELECT 'merged:' || m.id || ':' || ?, a.id, m.staff_id, m.segment_id, m.why, ?, ? ${carried.replace('WHERE', 'CROSS JOIN accounts AS a ON a.owner_id = ? WHERE')}`,
      ...[now, now, actor, survivorId, mergedId, survivorId],
    ),
  ];
}

/** Takes the survivor's account out of the hands that came with the merged one; not out of those that staff gave it since. */
export function splitManagers(
  { survivorId, now, actor }: Pick<Two, 'survivorId'> & { now: number; actor: string },
  keys: Statement,
): Statement {
  return statement(
    `UPDATE account_managers SET ended_at = ?, ended_by = ? WHERE account_id IN (${own}) AND ended_at IS NULL
      AND EXISTS (SELECT 1 FROM (${keys.sql}) AS carried WHERE account_managers.id LIKE 'merged:' || carried.row_key || ':%')`,
    ...[now, actor, survivorId, ...keys.args],
  );
}
