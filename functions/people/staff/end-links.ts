import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Ends what a member might still sign in by: links handed over, and codes asked for. */
export function endLinks(id: string, now: number): Statement {
  return statement(
    "UPDATE sign_in_challenges SET consumed_at = ? WHERE purpose = 'staff' AND subject_id = ? AND consumed_at IS NULL",
    now,
    id,
  );
}
