import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { hashOf, newToken } from '../../ground/platform/ids.ts';
import { sessionTerms } from './session-terms.ts';

/** The session under its new token, which only the cookie holds. */
export interface Raised {
  token: string;
  max_age_s: number;
}

/** Makes a session of staff a whole one, under a new token: whoever learned the old one before has nothing. */
export function raiseSession(
  { id, sessionToken }: { id: string; sessionToken: string },
  now: number,
): { session: Raised; statement: Statement } {
  const token = newToken();
  return {
    session: { token, max_age_s: sessionTerms.staff.absolute_ms / 1000 },
    statement: statement(
      "UPDATE sessions SET token_hash = ?, factor_at = ? WHERE token_hash = ? AND kind = 'staff' AND subject_id = ?",
      hashOf(token),
      now,
      hashOf(sessionToken),
      id,
    ),
  };
}
