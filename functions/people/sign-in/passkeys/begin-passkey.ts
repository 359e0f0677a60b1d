import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { addressGroup } from '../../../ground/http/client-address.ts';
import { allowProven, allowSignedInLately } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assertWithin, countTries, limitOn } from '../../../ground/platform/limits.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { newChallenge } from '../challenge.ts';
import { signedInPerson } from '../known-person.ts';
import { findReader } from './find-reader.ts';
import { loadWebauthn } from './load-webauthn.ts';
import { listPasskeyRows } from './queries.ts';
import { relyingPartyOf, signedChallenge } from './relying-party.ts';

/** How long a device may take. */
const PASSKEY_MS = 5 * 60_000;

/** Which browser asks. */
interface AskingBrowser {
  browserToken: string;
  /** As `clientAddress` tells it. */
  clientAddress: string;
}

/**
 * What a browser needs to sign in by a passkey, without naming anybody: the device offers what it has for this portal.
 * @throws {AppError} `too_many_requests`
 */
export async function beginPasskeySignIn(
  ctx: Context,
  asking: AskingBrowser,
): Promise<{ challengeId: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const { challengeId, challenge } = await keepChallenge(ctx, {
    ...asking,
    purpose: 'passkey',
    subjectId: null,
  });
  const { generateAuthenticationOptions } = await loadWebauthn();
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyOf(ctx).id,
    challenge,
    timeout: PASSKEY_MS,
    userVerification: 'required',
  });
  return { challengeId, options };
}

/**
 * What a browser needs to make a passkey for who is signed in: one that the device finds again by itself, behind its
 * own lock.
 * @throws {AppError} `unauthenticated`, `sign_in_again`, `too_many_requests`
 */
export async function beginPasskey(
  ctx: Context,
  asking: AskingBrowser,
): Promise<{ challengeId: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const person = signedInPerson(ctx.actor);
  allowProven(ctx);
  allowSignedInLately(ctx);
  const [known, reader, { identity }] = await Promise.all([
    listPasskeyRows(ctx.db.fresh, { ...person }),
    findReader(ctx, person),
    getBusiness(ctx),
  ]);
  const { challengeId, challenge } = await keepChallenge(ctx, {
    ...asking,
    purpose: 'passkey_new',
    subjectId: person.id,
  });
  const { generateRegistrationOptions } = await loadWebauthn();
  const options = await generateRegistrationOptions({
    rpName: identity.name,
    rpID: relyingPartyOf(ctx).id,
    userID: bytesOf(userHandleOf(person)),
    userName: reader.email,
    userDisplayName: reader.name ?? reader.email,
    challenge,
    timeout: PASSKEY_MS,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { challengeId, options };
}

/** What a device knows somebody by; no personal data. */
export const userHandleOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}:${id}`;

async function keepChallenge(
  ctx: Context,
  asked: AskingBrowser & { purpose: 'passkey' | 'passkey_new'; subjectId: string | null },
) {
  const { secret } = ctx.config;
  const now = ctx.now();
  const limit = limitOn(secret, 'passkey_by_client', addressGroup(asked.clientAddress));
  assertWithin(await countTries(ctx.db, [limit], now));
  const { purpose, subjectId, browserToken } = asked;
  const kept = newChallenge({ purpose, email: '', subjectId, browserToken, now, lives_ms: PASSKEY_MS });
  await ctx.db.write([kept.statement]);
  const challenge = new Uint8Array(Buffer.from(signedChallenge(secret, kept.id), 'base64url'));
  return { challengeId: kept.id, challenge };
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
