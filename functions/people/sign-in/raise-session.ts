import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { hashOf, newToken } from '../../ground/platform/ids.ts';
import { sessionTerms } from './session-terms.ts';

/** The session under its new token, which only the cookie holds. */
export interface Raised {
  token: string;
  max_age_s: number;
}

/**
 * Writes down that the second factor was proven again in a session that is whole. It keeps its token: an answer that is
 * lost, or a form that is sent twice, signs nobody out.
 */
export function proveSession(
  { id, sessionToken }: { id: string; sessionToken: string },
  now: number,
): Statement {
  return statement(
    "UPDATE sessions SET factor_at = ? WHERE token_hash = ? AND kind = 'staff' AND subject_id = ?",
    now,
    hashOf(sessionToken),
    id,
  );
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
