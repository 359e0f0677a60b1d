import { insertInto, statement } from '../../../db/query.ts';
import { signInChallenges } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { hashOf, isSameSecret, newId, signatureOf } from '../../ground/platform/ids.ts';

export const CHALLENGE_MS = 10 * 60_000;
export const STAFF_LINK_MS = DAY_MS;
/** How many codes may be tried on one challenge. */
export const ATTEMPTS_MAX = 5;

export type Challenge = typeof signInChallenges.$inferSelect;

const insertChallenge = insertInto(signInChallenges);

/** A new challenge and the statement that keeps it; code and link follow from its id and SECRET. */
export function newChallenge(
  given: Pick<Challenge, 'purpose' | 'email'> & {
    subjectId?: string | null;
    referralCode?: string | null;
    browserToken: string | null;
    now: number;
    lives_ms: number;
  },
): { id: string; statement: Statement } {
  const id = newId();
  const statement = insertChallenge({
    id,
    purpose: given.purpose,
    email: given.email,
    subjectId: given.subjectId,
    referralCode: given.referralCode,
    browserHash: given.browserToken === null ? '' : hashOf(given.browserToken),
    createdAt: given.now,
    expiresAt: given.now + given.lives_ms,
    attempts: 0,
    linkAttempts: 0,
  });
  return { id, statement };
}

/** Uses a challenge up; the first alone gets a row. */
export function consume(challengeId: string, now: number): Statement {
  return statement(
    'UPDATE sign_in_challenges SET consumed_at = ? WHERE id = ? AND consumed_at IS NULL RETURNING id',
    now,
    challengeId,
  );
}

/** The six digits of a challenge. */
export function codeOf(secret: string, challengeId: string): string {
  return sixDigits(signatureOf(secret, `code:${challengeId}`));
}

/** The six digits that go to the old address when it is to be changed. */
export function oldAddressCodeOf(secret: string, challengeId: string): string {
  return sixDigits(signatureOf(secret, `code-of-old-address:${challengeId}`));
}

function sixDigits(signature: string): string {
  const number = Buffer.from(signature, 'base64url').readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, '0');
}

/** The token of a challenge's link. */
export function linkTokenOf(secret: string, challengeId: string): string {
  return `${challengeId}.${signatureOf(secret, `link:${challengeId}`)}`;
}

/** The challenge a link's token belongs to; null when we did not make the token. */
export function challengeIdOf(secret: string, token: string): string | null {
  const [id = ''] = token.split('.');
  return isSameSecret(token, linkTokenOf(secret, id)) ? id : null;
}

/** Whether the browser is the one that asked. Links handed over by the command line have none. */
export function isAskingBrowser(challenge: Challenge, browserToken: string | null): boolean {
  return browserToken !== null && isSameSecret(challenge.browserHash, hashOf(browserToken));
}

export function isOpen(challenge: Pick<Challenge, 'consumedAt' | 'expiresAt'>, now: number): boolean {
  return challenge.consumedAt === null && challenge.expiresAt > now;
}
