import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { passkeys } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowProven, allowSignedInLately } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { identifier } from '../../../ground/platform/input.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';
import { deviceName } from '../device-name.ts';
import { signedInPerson } from '../known-person.ts';
import { type Raised, raiseSession } from '../raise-session.ts';
import { challengeOver, passkeyRefused } from '../refusals.ts';
import { newKeyAnswer, readAnswer } from './answer.ts';
import { openChallenge } from './check-passkey.ts';
import { findReader } from './find-reader.ts';
import { toldTo } from './letters.ts';
import { loadWebauthn } from './load-webauthn.ts';
import { holdSession, spendChallenge, spentPasskeyRule } from './passkey-rows.ts';
import { relyingPartyOf, signedChallenge } from './relying-party.ts';

const insertPasskey = insertInto(passkeys);

const input = z.strictObject({
  challengeId: z.string().max(64),
  /** JSON as the browser wrote it. */
  answer: z.string().max(60_000),
  name: identifier(60),
  browserToken: z.string().max(200).nullable(),
  /** The session that acts: that of staff is a whole one from now on. */
  sessionToken: z.string().max(200).nullable().default(null),
  userAgent: z.string().default(''),
});

/**
 * Keeps the passkey that a device has made for who is signed in, and tells them by mail. The device has just asked who they
 * are, which proves a session of staff: it goes on under a new token.
 * @throws {AppError} `validation_failed` (`name`), `challenge_expired`, also when the session has ended meanwhile,
 * `passkey_refused`, `unauthenticated`, `sign_in_again`
 */
export async function addPasskey(ctx: Context, typed: z.input<typeof input>): Promise<Raised | null> {
  const person = signedInPerson(ctx.actor);
  allowProven(ctx);
  allowSignedInLately(ctx);
  const { name, userAgent, sessionToken, ...sent } = parseInput(input, typed);
  const challenge = await openChallenge(ctx, sent, 'passkey_new');
  if (challenge.subjectId !== person.id) throw challengeOver();
  const [made, reader] = await Promise.all([
    checkNewKey(ctx, { challengeId: challenge.id, answer: sent.answer }),
    findReader(ctx, person),
  ]);
  const now = ctx.now();
  const row = {
    id: newId(),
    kind: person.kind,
    subjectId: person.id,
    credentialId: made.id,
    publicKey: Buffer.from(made.publicKey).toString('base64url'),
    counter: made.counter,
    transports: made.transports?.join(' ') ?? '',
    name,
    createdAt: now,
    lastUsedAt: null,
  };
  const raised =
    person.kind === 'staff' && sessionToken !== null
      ? raiseSession({ id: person.id, sessionToken }, now)
      : null;
  try {
    await writeDecision(ctx, {
      rows: [
        ...(sessionToken === null ? [] : [holdSession(person, { challengeId: challenge.id, sessionToken })]),
        spendChallenge(challenge.id, now),
        insertPasskey(row),
        ...(raised ? [raised.statement] : []),
      ],
      letters: [toldTo(person, reader, { isAdded: true, name, device: deviceName(userAgent), at: now })],
      audit:
        person.kind === 'staff'
          ? { kind: 'passkey.added', subjectKind: 'staff', subjectId: person.id }
          : null,
    });
  } catch (error) {
    if (isConflictOn(error, spentPasskeyRule)) throw challengeOver();
    throw isConflictOn(error, 'passkeys.credential_id') ? passkeyRefused() : error;
  }
  ctx.wakeMail('now');
  return raised?.session ?? null;
}

async function checkNewKey(ctx: Context, { challengeId, answer }: { challengeId: string; answer: string }) {
  const response = parseInput(newKeyAnswer, readAnswer(answer));
  const { id, origin } = relyingPartyOf(ctx);
  const { verifyRegistrationResponse } = await loadWebauthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: signedChallenge(ctx.config.secret, challengeId),
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
    });
    if (!verified) throw passkeyRefused();
    return { ...registrationInfo.credential, transports: response.response.transports };
  } catch (error) {
    ctx.log.warn('Refused a new passkey: {reason}', { reason: reasonOf(error) });
    throw passkeyRefused();
  }
}
