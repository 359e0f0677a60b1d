import {
  browserCookie,
  clearedSessionCookie,
  knownCookie,
  linkCookie,
  sessionCookie,
} from '../../functions/http/cookies.ts';
import type { Context, Role } from '../../functions/platform/context.ts';
import type { AppError } from '../../functions/platform/errors.ts';
import { newToken } from '../../functions/platform/ids.ts';
import { confirmEmailChange } from '../../functions/sign-in/confirm-email-change.ts';
import { consumeLink } from '../../functions/sign-in/consume-link.ts';
import { findEmailChange } from '../../functions/sign-in/find-email-change.ts';
import { listSessions } from '../../functions/sign-in/list-sessions.ts';
import { requestEmailChange } from '../../functions/sign-in/request-email-change.ts';
import { requestSignIn } from '../../functions/sign-in/request-sign-in.ts';
import { signOut, signOutEverywhere } from '../../functions/sign-in/sign-out.ts';
import { cancelEmailChange, stopEmailChange } from '../../functions/sign-in/stop-email-change.ts';
import { undoByProof } from '../../functions/sign-in/undo-email-change.ts';
import { verifyCode } from '../../functions/sign-in/verify-code.ts';
import { deviceMarks } from './device-marks.ts';
import { orRefusal } from './or-refusal.ts';
import type { SignInOperations } from './types.ts';

/** The browser that asks, as its request tells. */
export interface Asker {
  clientAddress: string;
  userAgent: string;
  browserToken: string | null;
  sessionToken: string | null;
  /** What the browser kept from an earlier sign-in; see `known-browser.ts`. */
  knownToken: string | null;
  /** What the browser of somebody who writes unnamed is known by. */
  writerToken: string | null;
  /** What a browser is known by for longer than one sign-in, where recommending is rewarded. */
  deviceToken: string | null;
  /** Of a link that was opened. */
  linkToken: string | null;
  /** Set while an email is proven and nobody is a customer by it. */
  joining: { email: string } | null;
  /** Empty while nobody is signed in. */
  customerId: string;
  /** Who of the business is signed in, with or without a second factor. */
  member: { id: string; email: string; role: Role } | null;
}

/** The sign-in room for one browser: its refusals become values that a page puts into words. */
export function signInOperations(ctx: Context, asker: Asker): SignInOperations {
  const { sessionToken, customerId } = asker;
  const { config } = ctx;
  const leave = async (ending: Promise<void>) => {
    await ending;
    return { cookies: [clearedSessionCookie(config)] };
  };
  const token = asker.linkToken ?? '';
  const { browserToken, userAgent } = asker;
  const guesser = { clientAddress: asker.clientAddress, knownToken: asker.knownToken };
  const signedIn = async (opening: ReturnType<typeof verifyCode>) => {
    const session = await opening;
    const marks = session.kind === 'customer' ? await deviceMarks(ctx, asker, session.subjectId) : [];
    return {
      ok: true as const,
      kind: session.kind,
      cookies: [sessionCookie(config, session), knownCookie(config, session.knownToken), ...marks],
    };
  };
  return {
    requestSignIn: ({ email, language, referralCode = null }) =>
      refusing(['too_many', 'invalid_email'], async () => {
        const asking = browserToken ?? newToken();
        const { challengeId } = await requestSignIn(ctx, {
          email,
          language,
          browserToken: asking,
          clientAddress: asker.clientAddress,
          knownToken: asker.knownToken,
          referralCode,
        });
        return { ok: true as const, challengeId, cookies: [browserCookie(config, asking)] };
      }),
    verifyCode: (given) =>
      refusing(['wrong_code', 'expired', 'too_many'], () =>
        signedIn(verifyCode(ctx, { ...given, ...guesser, browserToken, sessionToken, userAgent })),
      ),
    hasLink: asker.linkToken !== null,
    keepLink: (opened) => ({ cookies: [linkCookie(config, isToken(opened) ? opened : null)] }),
    consumeLink: (given) =>
      refusing(['wrong_code', 'expired', 'too_many', 'other_browser'], async () => {
        const opened = await signedIn(
          consumeLink(ctx, { ...given, token, browserToken, sessionToken, userAgent }),
        );
        return { ...opened, cookies: [...opened.cookies, linkCookie(config, null)] };
      }),
    stopEmailChange: () =>
      refusing(['expired', 'too_many', 'email_taken'], async () => {
        const { outcome } = await stopEmailChange(ctx, { token });
        return { ok: true as const, outcome, cookies: [linkCookie(config, null)] };
      }),
    cancelEmailChange: () => cancelEmailChange(ctx, { customerId }),
    undoByProof: () =>
      refusing(['expired', 'email_taken'], async () => {
        await undoByProof(ctx, { sessionToken: sessionToken ?? '' });
        return { ok: true as const };
      }),
    signOut: () => leave(sessionToken === null ? Promise.resolve() : signOut(ctx, sessionToken)),
    signOutEverywhere: () => leave(signOutEverywhere(ctx, { customerId })),
    listSessions: () => listSessions(ctx, { customerId, currentToken: sessionToken }),
    findEmailChange: () => findEmailChange(ctx, { customerId }),
    requestEmailChange: (given) =>
      refusing(['too_many', 'same_email', 'invalid_email'], async () => {
        await requestEmailChange(ctx, { ...given, customerId });
        return { ok: true as const };
      }),
    confirmEmailChange: (given) =>
      refusing(['wrong_code', 'wrong_old_code', 'expired', 'too_many', 'email_taken'], async () => ({
        ok: true as const,
        ...(await confirmEmailChange(ctx, { ...given, customerId, sessionToken })),
      })),
  };
}

type Reason =
  | 'too_many'
  | 'expired'
  | 'wrong_code'
  | 'wrong_old_code'
  | 'other_browser'
  | 'same_email'
  | 'invalid_email'
  | 'email_taken';

const refusing = <Result, Expected extends Reason>(
  expected: readonly Expected[],
  work: () => Promise<Result>,
) => orRefusal(expected, work, reasonOf);

/** A challenge or token that cannot be one of ours is as over as an old one. */
function reasonOf({ code, errors }: AppError): Reason | null {
  if (code === 'too_many_requests') return 'too_many';
  if (code === 'challenge_expired') return 'expired';
  if (code === 'email_taken') return 'email_taken';
  const [first] = errors;
  if (first?.path === 'challengeId' || first?.path === 'token') return 'expired';
  if (first?.path === 'code' && first.code === 'too_big') return 'wrong_code';
  if (first?.path === 'oldCode') return 'wrong_old_code';
  if (first?.code === 'wrong_code' || first?.code === 'same_email') return first.code;
  if (first?.code === 'code_required') return 'other_browser';
  return first?.path === 'email' ? 'invalid_email' : null;
}

/** Nothing else fits into a cookie. */
const isToken = (text: string) => /^[\w.-]{1,300}$/.test(text);
