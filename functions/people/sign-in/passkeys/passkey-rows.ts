import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { hashOf } from '../../../ground/platform/ids.ts';
import type { KnownPerson } from '../known-person.ts';

/** What the database says when {@link spendChallenge} or {@link countUse} comes too late. */
export const spentPasskeyRule = 'NOT NULL constraint failed: sign_in_challenges.email';

/** Uses a challenge up. One that was used or is over gives NULL, which the table refuses, and with it the whole batch. */
export function spendChallenge(challengeId: string, now: number): Statement {
  return statement(
    `UPDATE sign_in_challenges SET email = CASE WHEN consumed_at IS NULL AND expires_at > ? THEN email END, consumed_at = ?
     WHERE id = ?`,
    now,
    now,
    challengeId,
  );
}

/**
 * Writes a use of a passkey down and spends its challenge. Where the passkey is gone, or its counter has come as far
 * meanwhile, the whole batch is refused as by {@link spendChallenge}.
 */
export function countUse(
  { id, counter }: { id: string; counter: number },
  { challengeId, now }: { challengeId: string; now: number },
): Statement[] {
  return [
    statement(
      `UPDATE sign_in_challenges SET email = (SELECT sign_in_challenges.email FROM passkeys AS p WHERE p.id = ?
         AND (p.counter < ? OR (p.counter = 0 AND ? = 0))) WHERE id = ?`,
      id,
      counter,
      counter,
      challengeId,
    ),
    spendChallenge(challengeId, now),
    statement('UPDATE passkeys SET counter = ?, last_used_at = ? WHERE id = ?', counter, now, id),
  ];
}

/** Refuses the batch as {@link spendChallenge} does when the session that acts has ended meanwhile. */
export function holdSession(
  { kind, id }: KnownPerson,
  { challengeId, sessionToken }: { challengeId: string; sessionToken: string },
): Statement {
  return statement(
    `UPDATE sign_in_challenges SET email = CASE WHEN EXISTS (SELECT 1 FROM sessions
       WHERE token_hash = ? AND kind = ? AND subject_id = ?) THEN email END WHERE id = ?`,
    hashOf(sessionToken),
    kind,
    id,
    challengeId,
  );
}

/** What the database says when {@link keepFactor} finds no other factor. */
export const lastFactorRule = 'NOT NULL constraint failed: passkeys.name';

/** Refuses the batch unless a member of staff has another second factor beside a passkey. */
export function keepFactor({ id, staffId }: { id: string; staffId: string }): Statement {
  return statement(
    `UPDATE passkeys SET name = CASE
       WHEN EXISTS (SELECT 1 FROM passkeys AS p WHERE p.kind = 'staff' AND p.subject_id = ? AND p.id <> ?) THEN name
       WHEN EXISTS (SELECT 1 FROM staff_factors WHERE staff_id = ? AND ended_at IS NULL) THEN name END
     WHERE id = ?`,
    staffId,
    id,
    staffId,
    id,
  );
}

/** Ends every passkey of somebody who leaves, is shut out, or whose account may be in other hands. */
export function endPasskeys({ kind, id }: KnownPerson): Statement {
  return statement('DELETE FROM passkeys WHERE kind = ? AND subject_id = ?', kind, id);
}
