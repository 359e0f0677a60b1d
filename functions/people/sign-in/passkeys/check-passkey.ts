import type { Context } from '../../../ground/platform/context.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';
import { type Challenge, isAskingBrowser, isOpen } from '../challenge.ts';
import { findChallenge } from '../queries.ts';
import { challengeOver, passkeyRefused } from '../refusals.ts';
import { readAnswer, signedAnswer } from './answer.ts';
import { userHandleOf } from './begin-passkey.ts';
import { loadWebauthn } from './load-webauthn.ts';
import { findPasskey, type PasskeyRow } from './queries.ts';
import { relyingPartyOf, signedChallenge } from './relying-party.ts';

/** What a device sent back, and which browser. */
export interface SentAnswer {
  challengeId: string;
  /** JSON as the browser wrote it. */
  answer: string;
  browserToken: string | null;
}

/**
 * Which passkey has signed the challenge, and how far it counts now. The use has yet to be written down: see `countUse`.
 * @throws {AppError} `challenge_expired`; `passkey_refused` for one nobody has here, a wrong signature, another origin or
 * portal, a device that did not ask who holds it, and a counter that went back
 */
export async function checkPasskey(
  ctx: Context,
  sent: SentAnswer,
): Promise<{ passkey: PasskeyRow; counter: number }> {
  const challenge = await openChallenge(ctx, sent, 'passkey');
  const answer = parseInput(signedAnswer, readAnswer(sent.answer));
  const passkey = await findPasskey(ctx.db.fresh, { credentialId: answer.id });
  if (passkey === null) throw passkeyRefused();
  const { userHandle } = answer.response;
  const owner = userHandleOf({ kind: passkey.kind, id: passkey.subjectId });
  if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== owner)
    throw passkeyRefused();
  const { id: rpId, origin } = relyingPartyOf(ctx);
  const { verifyAuthenticationResponse } = await loadWebauthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: signedChallenge(ctx.config.secret, challenge.id),
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    });
    if (!verified) throw passkeyRefused();
    return { passkey, counter: authenticationInfo.newCounter };
  } catch (error) {
    ctx.log.warn('Refused passkey {id} of {kind} {subjectId}: {reason}', {
      id: passkey.id,
      kind: passkey.kind,
      subjectId: passkey.subjectId,
      reason: reasonOf(error),
    });
    throw passkeyRefused();
  }
}

/** The challenge that this browser was given, while it can be used. @throws {AppError} `challenge_expired` */
export async function openChallenge(
  ctx: Context,
  { challengeId, browserToken }: SentAnswer,
  purpose: Challenge['purpose'],
): Promise<Challenge> {
  const [challenge] = await findChallenge(ctx.db.fresh, { id: challengeId });
  if (challenge?.purpose !== purpose || !isOpen(challenge, ctx.now())) throw challengeOver();
  if (!isAskingBrowser(challenge, browserToken)) throw challengeOver();
  return challenge;
}
