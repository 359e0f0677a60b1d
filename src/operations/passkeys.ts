import { browserCookie, sessionCookie } from '../../functions/ground/http/cookies.ts';
import { newToken } from '../../functions/ground/platform/ids.ts';
import { addPasskey } from '../../functions/people/sign-in/passkeys/add-passkey.ts';
import { beginPasskey, beginPasskeySignIn } from '../../functions/people/sign-in/passkeys/begin-passkey.ts';
import { signInByPasskey } from '../../functions/people/sign-in/passkeys/sign-in-by-passkey.ts';
import { type Asking, keepSession } from './sign-in.ts';

/** What a passkey form brings back: which challenge, and what the device made of it, as JSON. */
export interface PasskeyFields {
  challengeId: string;
  answer: string;
}

/** What the browser hands to the device; the answer has to come from the same browser. */
export async function beginInBrowser({ ctx, asker }: Asking, purpose: 'sign-in' | 'new') {
  const browserToken = asker.browserToken ?? newToken();
  const asking = { browserToken, clientAddress: asker.clientAddress };
  const begun = purpose === 'new' ? await beginPasskey(ctx, asking) : await beginPasskeySignIn(ctx, asking);
  return { begun, cookies: [browserCookie(ctx.config, browserToken)] };
}

export async function signInByPasskeyHere(visit: Asking, fields: PasskeyFields) {
  const { clientAddress, country, knownToken, browserToken, sessionToken, userAgent } = visit.asker;
  const asking = { clientAddress, country, knownToken, browserToken, sessionToken, userAgent };
  return keepSession(visit, await signInByPasskey(visit.ctx, { ...fields, ...asking }));
}

export async function addPasskeyHere({ ctx, asker }: Asking, fields: PasskeyFields & { name: string }) {
  const { browserToken, sessionToken, userAgent } = asker;
  const session = await addPasskey(ctx, { ...fields, browserToken, sessionToken, userAgent });
  return { cookies: session === null ? [] : [sessionCookie(ctx.config, session)] };
}
