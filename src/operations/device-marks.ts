import { keepSignInMarks } from '../../functions/circle/referrals/marks.ts';
import { deviceCookie } from '../../functions/ground/http/cookies.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { newToken } from '../../functions/ground/platform/ids.ts';

/**
 * Keeps from which browser somebody has signed in, hashed, and answers the cookie by which that browser is known for half a
 * year; neither where recommending is not rewarded.
 */
export async function deviceMarks(
  ctx: Context,
  seen: { browserToken: string | null; deviceToken: string | null; clientAddress: string },
  customerId: string,
): Promise<string[]> {
  const deviceToken = seen.deviceToken ?? newToken();
  const isKept = await keepSignInMarks(ctx, { ...seen, deviceToken, customerId });
  return isKept ? [deviceCookie(ctx.config, deviceToken)] : [];
}
