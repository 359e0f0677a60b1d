import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Whoever proves an address gets mail there: what once bounced counts no longer. It belongs into the batch of the proof. */
export function liftBounce(email: string, by: string, now: number): Statement {
  return statement(
    `UPDATE suppressions SET lifted_at = ?, lifted_by = ?
     WHERE address = ? AND reason = 'bounced' AND lifted_at IS NULL`,
    now,
    by,
    email,
  );
}
