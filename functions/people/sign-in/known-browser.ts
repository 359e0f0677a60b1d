import { mailboxOf } from '../../ground/platform/email.ts';
import { isSameSecret, signatureOf } from '../../ground/platform/ids.ts';

/** What a browser keeps after it has signed in with an address: it opens nothing, and nobody else can make it. */
export function knownTokenOf(secret: string, email: string): string {
  return signatureOf(secret, `known:${mailboxOf(email)}`);
}

/** Whether a browser has signed in with an address before. */
export function isKnownBrowser(secret: string, email: string, token: string | null): boolean {
  return token !== null && isSameSecret(token, knownTokenOf(secret, email));
}
