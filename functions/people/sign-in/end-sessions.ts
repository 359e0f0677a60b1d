import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import type { SessionKind } from './session-terms.ts';

/** Ends the session of a cookie's token. */
export const endSession = (token: string): Statement =>
  statement('DELETE FROM sessions WHERE token_hash = ?', hashOf(token));

/** Ends the sessions of a person, all but the one of `exceptToken`. */
export function endSessions(kind: SessionKind, subjectId: string, exceptToken: string | null): Statement {
  return statement(
    'DELETE FROM sessions WHERE kind = ? AND subject_id = ? AND token_hash <> ?',
    kind,
    subjectId,
    exceptToken === null ? '' : hashOf(exceptToken),
  );
}
