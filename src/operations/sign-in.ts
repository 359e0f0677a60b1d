import { stopErasure } from '../../functions/desk/erasure/request-erasure.ts';
import {
  browserCookie,
  clearedSessionCookie,
  knownCookie,
  linkCookie,
  nextCookie,
  sessionCookie,
} from '../../functions/ground/http/cookies.ts';
import { newToken } from '../../functions/ground/platform/ids.ts';
import { becomeOwner } from '../../functions/people/sign-in/become-owner.ts';
import { confirmEmailChange } from '../../functions/people/sign-in/confirm-email-change.ts';
import { consumeLink } from '../../functions/people/sign-in/consume-link.ts';
import { withKnown } from '../../functions/people/sign-in/known-browser.ts';
import { signedInPerson } from '../../functions/people/sign-in/known-person.ts';
import type { SignedIn } from '../../functions/people/sign-in/open-session.ts';
import { requestSignIn } from '../../functions/people/sign-in/request-sign-in.ts';
import { signOut, signOutEverywhere } from '../../functions/people/sign-in/sign-out.ts';
import { stopEmailChange } from '../../functions/people/sign-in/stop-email-change.ts';
import { undoByProof } from '../../functions/people/sign-in/undo-email-change.ts';
import { verifyCode } from '../../functions/people/sign-in/verify-code.ts';
import type { Visit } from '../visit.ts';
import { deviceMarks } from './device-marks.ts';

/** What the operations of a browser need of a visit; their `cookies` are for the answer's `Set-Cookie`. */
export type Asking = Pick<Visit, 'ctx' | 'asker'>;

type SignInRequest = Pick<
  Parameters<typeof requestSignIn>[1],
  'email' | 'language' | 'referralCode' | 'isForStaff'
>;

/** Mails a code and a link to this browser, which keeps where signing in leads on to (`nextPath`) for the link. */
export async function askForCode(
  { ctx, asker }: Asking,
  { nextPath = null, ...asked }: SignInRequest & { nextPath?: string | null },
) {
  const { clientAddress, knownToken } = asker;
  const browserToken = asker.browserToken ?? newToken();
  const { challengeId } = await requestSignIn(ctx, { ...asked, browserToken, clientAddress, knownToken });
  return {
    challengeId,
    cookies: [browserCookie(ctx.config, browserToken), nextCookie(ctx.config, nextPath)],
  };
}

export async function signInByCode(
  visit: Asking,
  typed: { challengeId: string; code: string; language: string },
) {
  const { clientAddress, country, knownToken, browserToken, sessionToken, userAgent } = visit.asker;
  const asking = { clientAddress, country, knownToken, browserToken, sessionToken, userAgent };
  return keepSession(visit, await verifyCode(visit.ctx, { ...typed, ...asking }));
}

/** Takes the token of a link out of the address into a cookie; one that cannot be ours is forgotten. */
export function keepLink({ ctx }: Asking, opened: string): { cookies: string[] } {
  return { cookies: [linkCookie(ctx.config, isToken(opened) ? opened : null)] };
}

/** A browser that did not ask for the link must bring the code of the same email, or is refused as `code_required`. */
export async function signInByLink(visit: Asking, typed: { code: string | null; language: string }) {
  const { clientAddress, country, knownToken, linkToken, browserToken, sessionToken, userAgent } =
    visit.asker;
  const asking = {
    ...{ clientAddress, country, knownToken, token: linkToken ?? '' },
    ...{ browserToken, sessionToken, userAgent },
  };
  const opened = await keepSession(visit, await consumeLink(visit.ctx, { ...typed, ...asking }));
  const over = [linkCookie(visit.ctx.config, null), nextCookie(visit.ctx.config, null)];
  return { ...opened, cookies: [...opened.cookies, ...over] };
}

/** Makes the first owner by the link that the start of the server printed. */
export async function becomeOwnerByLink(visit: Asking, typed: { email: string }) {
  const { linkToken, sessionToken, userAgent } = visit.asker;
  const asking = { token: linkToken ?? '', sessionToken, userAgent };
  const opened = await keepSession(visit, await becomeOwner(visit.ctx, { ...typed, ...asking }));
  return { cookies: [...opened.cookies, linkCookie(visit.ctx.config, null)] };
}

/** The cookies of a session that was just opened. */
export async function keepSession({ ctx, asker }: Asking, session: SignedIn) {
  const known = withKnown(asker.knownToken, session.knownToken);
  const marks = session.kind === 'customer' ? await deviceMarks(ctx, asker, session.subjectId) : [];
  return {
    kind: session.kind,
    cookies: [sessionCookie(ctx.config, session), knownCookie(ctx.config, known), ...marks],
  };
}

/** By the link that a customer has who is about to be erased: they stay. */
export async function keepData({ ctx, asker }: Asking) {
  await stopErasure(ctx, { token: asker.linkToken ?? '' });
  return { cookies: [linkCookie(ctx.config, null)] };
}

/** For the old address of an email that is about to change, by the link in its mail. */
export async function stopChange({ ctx, asker }: Asking) {
  const { outcome } = await stopEmailChange(ctx, { token: asker.linkToken ?? '' });
  return { outcome, cookies: [linkCookie(ctx.config, null)] };
}

/** For who has just proven an address that an account had until lately. */
export function undoChange({ ctx, asker }: Asking) {
  return undoByProof(ctx, { sessionToken: asker.sessionToken ?? '' });
}

/** `oldCode` is what the old address got; null when its mail cannot be read. */
export function confirmChange(
  { ctx, asker: { customerId, sessionToken } }: Asking,
  typed: { challengeId: string; code: string; oldCode: string | null },
) {
  return confirmEmailChange(ctx, { ...typed, customerId, sessionToken });
}

/** Ends this session, or all of who is signed in. */
export async function leaveSession({ ctx, asker }: Asking, { isEverywhere }: { isEverywhere: boolean }) {
  if (isEverywhere) await signOutEverywhere(ctx, { person: signedInPerson(ctx.actor) });
  else if (asker.sessionToken !== null) await signOut(ctx, asker.sessionToken);
  return { cookies: [clearedSessionCookie(ctx.config)] };
}

/** Nothing else fits into a cookie. */
const isToken = (text: string) => /^[\w.-]{1,300}$/.test(text);
