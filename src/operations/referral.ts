import type { Context } from '../../functions/platform/context.ts';
import { appealReferral } from '../../functions/referrals/appeal.ts';
import { decideReferral } from '../../functions/referrals/decide.ts';
import { findInvitation } from '../../functions/referrals/find-invitation.ts';
import { getFriends } from '../../functions/referrals/get-friends.ts';
import { getReferral } from '../../functions/referrals/get-referral.ts';
import { listReferrals } from '../../functions/referrals/list-referrals.ts';
import { nameSelf } from '../../functions/referrals/name-self.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';

/** The referral room: of the signed-in customer, of staff, and of whoever follows a link. */
export function referralOperations(ctx: Context) {
  return {
    publicUrl: ctx.config.publicUrl,
    getFriends: () => getFriends(ctx),
    findInvitation: (asked: { code: string }) => orNull(findInvitation(ctx, asked)),
    nameSelf: (asked: { isNamed: boolean }) => orNull(nameSelf(ctx, asked)),
    appeal: (asked: { id: string; text: string }) =>
      orRefusal(['validation_failed', 'already_appealed', 'referral_not_held', 'not_found'], async () => {
        await appealReferral(ctx, asked);
        return done;
      }),
    list: (asked: Parameters<typeof listReferrals>[1]) => listReferrals(ctx, asked),
    get: (asked: { id: string }) => orNull(getReferral(ctx, asked)),
    decide: (asked: Parameters<typeof decideReferral>[1]) =>
      orRefusal(['validation_failed', 'already_decided', 'referral_not_held'], async () => {
        await decideReferral(ctx, asked);
        return done;
      }),
  };
}

const done = { ok: true as const };
