import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** A merge of two customers, or its undoing. */
interface Told {
  id: string;
  survivorId: string;
  mergedId: string;
  now: number;
  actor: string;
}

const own = 'SELECT id FROM accounts WHERE owner_id = ?';
const isRunning = `(until IS NULL OR until > ?) AND id NOT IN (SELECT waiver_id FROM minimum_waiver_endings)`;

/** The survivor's own account need not reach a minimum where the merged one's need not; what it has itself stays. */
export function mergeWaivers({ id, survivorId, mergedId, now }: Told): Statement[] {
  return [
    statement(
      `INSERT INTO minimum_waivers (id, account_id, until, reason, at, actor)
       SELECT 'merged:' || ? || ':' || w.id, a.id, w.until, w.reason, w.at, w.actor
       FROM minimum_waivers AS w CROSS JOIN accounts AS a
       WHERE w.account_id IN (${own}) AND a.owner_id = ? AND (w.until IS NULL OR w.until > ?)
         AND w.id NOT IN (SELECT waiver_id FROM minimum_waiver_endings)
         AND NOT EXISTS (SELECT 1 FROM minimum_waivers WHERE account_id = a.id AND ${isRunning})`,
      ...[id, mergedId, survivorId, now, now],
    ),
  ];
}

/** What came with the merge ends with it. */
export function splitWaivers({ id, now, actor }: Told): Statement {
  return statement(
    `INSERT INTO minimum_waiver_endings (waiver_id, at, actor) SELECT id, ?, ? FROM minimum_waivers
     WHERE id LIKE 'merged:' || ? || ':%' AND ${isRunning}`,
    ...[now, actor, id, now],
  );
}
