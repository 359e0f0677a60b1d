import { proveOrderCode } from '../../functions/desk/tracking/prove-code.ts';
import { requestOrderCode } from '../../functions/desk/tracking/request-code.ts';
import { browserCookie } from '../../functions/ground/http/cookies.ts';
import { newToken } from '../../functions/ground/platform/ids.ts';
import type { Asking } from './sign-in.ts';

/** Mails a code for one order to this browser. */
export async function askForOrder(
  { ctx, asker }: Asking,
  typed: { number: string; email: string; language: string },
) {
  const browserToken = asker.browserToken ?? newToken();
  const { clientAddress } = asker;
  const { challengeId } = await requestOrderCode(ctx, { ...typed, browserToken, clientAddress });
  return { challengeId, cookies: [browserCookie(ctx.config, browserToken)] };
}

/** The links that its code opens. */
export function openOrderByCode({ ctx, asker }: Asking, typed: { challengeId: string; code: string }) {
  const { browserToken, clientAddress } = asker;
  return proveOrderCode(ctx, { ...typed, browserToken, clientAddress });
}
