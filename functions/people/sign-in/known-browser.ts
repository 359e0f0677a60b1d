import { mailboxOf } from '../../ground/platform/email.ts';
import { isSameSecret, signatureOf } from '../../ground/platform/ids.ts';

/** What a browser keeps after it has signed in with an address: it opens nothing, and nobody else can make it. */
export function knownTokenOf(secret: string, email: string): string {
  return signatureOf(secret, `known:${mailboxOf(email)}`);
}

/** Whether a browser has signed in with an address before; `kept` is what it keeps. */
export function isKnownBrowser(secret: string, email: string, kept: string | null): boolean {
  const own = knownTokenOf(secret, email);
  return tokensIn(kept).some((token) => isSameSecret(token, own));
}

/** How many addresses a browser is known by at the most: a family, or one person at home and at work. */
const ADDRESSES_MAX = 4;

/** What a browser keeps once it has signed in with another address: the tokens of those before stay, the newest first. */
export function withKnown(kept: string | null, token: string): string {
  const others = tokensIn(kept).filter((other) => other !== token);
  return [token, ...others].slice(0, ADDRESSES_MAX).join('');
}

/** They stand one behind the other, each as long as a signature is. */
function tokensIn(kept: string | null): readonly string[] {
  const count = Math.floor((kept?.length ?? 0) / TOKEN_LENGTH);
  return Array.from(
    { length: count },
    (_, at) => kept?.slice(at * TOKEN_LENGTH, (at + 1) * TOKEN_LENGTH) ?? '',
  );
}

/** 256 bits in base64url. */
const TOKEN_LENGTH = 43;
