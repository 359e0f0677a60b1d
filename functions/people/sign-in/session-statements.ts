import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import { type Challenge, consume } from './challenge.ts';
import { deviceName } from './device-name.ts';
import { type SessionKind, sessionTerms } from './session-terms.ts';

/** What the database says when the challenge of {@link spendOnSession} was used up or over already. */
export const spentRule = 'NOT NULL constraint failed: sessions.token_hash';

/**
 * Uses up a challenge and opens a session for it. An open challenge gives the session its key; another gives NULL,
 * which the table refuses, and with it the whole batch: of two who come at once, one gets in.
 */
export function spendOnSession(
  challenge: Challenge,
  session: { token: string; kind: SessionKind; subjectId: string; userAgent: string; now: number },
): Statement[] {
  const { kind, subjectId, userAgent, now } = session;
  const expiresAt = now + sessionTerms[kind].absolute_ms;
  return [
    statement(
      `INSERT INTO sessions (token_hash, kind, subject_id, created_at, last_seen_at, expires_at, browser) VALUES (
        (SELECT ? FROM sign_in_challenges WHERE id = ? AND consumed_at IS NULL AND expires_at > ?), ?, ?, ?, ?, ?, ?)`,
      hashOf(session.token),
      challenge.id,
      now,
      kind,
      subjectId,
      now,
      now,
      expiresAt,
      deviceName(userAgent),
    ),
    consume(challenge.id, now),
  ];
}
