import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { startReferral } from '../referrals/start-referral.ts';

/** Why a code that came along with joining counts nothing; none of it keeps anybody out. */
const harmless: readonly string[] = ['not_found', 'referral_off', 'referral_own_code', 'already_referred'];

/** Writes down by whose code a newcomer has come, as of when they asked to join. */
export async function tellReferral(
  ctx: Context,
  told: { code: string; customerId: string; toldAt: number },
): Promise<void> {
  try {
    await startReferral(ctx, { ...told, via: 'link' });
  } catch (error) {
    if (!(error instanceof AppError) || !harmless.includes(error.code)) throw error;
    ctx.log.info('A code that came along with joining counts nothing: {code}', { code: error.code });
  }
}
