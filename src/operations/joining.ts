import { clearedSessionCookie, sessionCookie } from '../../functions/ground/http/cookies.ts';
import type { Locale } from '../../functions/ground/identity/languages.ts';
import { finishJoining } from '../../functions/people/joining/finish-joining.ts';
import { leave } from '../../functions/people/joining/leave.ts';
import { deviceMarks } from './device-marks.ts';
import type { Asking } from './sign-in.ts';

/** Makes a customer of whoever has proven their email in this browser, or asks staff to. */
export async function finishInBrowser(
  { ctx, asker }: Asking,
  given: { name: string; language: Locale; termsVersion: string; wantsNews: boolean },
) {
  const joined = await finishJoining(ctx, { ...given, sessionToken: asker.sessionToken ?? '' });
  if (joined.outcome !== 'joined') return { outcome: joined.outcome, cookies: [] };
  const { customerId, token, max_age_s } = joined;
  const marks = await deviceMarks(ctx, asker, customerId);
  return { outcome: joined.outcome, cookies: [sessionCookie(ctx.config, { token, max_age_s }), ...marks] };
}

/** Leaves the portal, and this browser its session. */
export async function leavePortal({ ctx }: Asking) {
  await leave(ctx);
  return { cookies: [clearedSessionCookie(ctx.config)] };
}
