import { isLoopback } from '../../../ground/platform/config.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { signatureOf } from '../../../ground/platform/ids.ts';

/** Whom a passkey is made for and used at: the address of the portal, whatever a request says of its host. */
export function relyingPartyOf({ config }: Pick<Context, 'config'>): { id: string; origin: string } {
  return { id: new URL(config.publicUrl).hostname, origin: config.publicUrl };
}

/** Browsers make passkeys for names, and for no bare address of a machine. */
export function mayHavePasskeys({ config }: Pick<Context, 'config'>): boolean {
  const { hostname } = new URL(config.publicUrl);
  return hostname === 'localhost' || !(isLoopback(hostname) || /^[\d.]+$|^\[/.test(hostname));
}

/** What a device has to sign, base64url: nobody else can make it, and none of it is kept. */
export function signedChallenge(secret: string, challengeId: string): string {
  return signatureOf(secret, `passkey:${challengeId}`);
}
