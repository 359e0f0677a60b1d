import { StoreConflict, StoreUnavailable } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import type { Newcomer, NewcomerCare } from '../../people/joining/newcomers.ts';
import { findReferralOfFriend } from './find-referral-of-friend.ts';
import { lookAtReferral } from './look.ts';
import { assertFirst, ownPlaceOf, planReferral } from './start-referral.ts';

/** A newcomer may have come by somebody's code. */
export const newcomerCare: NewcomerCare = { plan: tellReferral, follow: lookAtNewcomer };

/** Why a code that came along with joining counts nothing; none of it keeps anybody out. */
const harmless: readonly string[] = ['not_found', 'referral_off', 'referral_own_code', 'already_referred'];

/** By whose code a newcomer has come, decided in the write that lets them in. */
async function tellReferral(ctx: Context, newcomer: Newcomer): Promise<Decision> {
  const { code, customerId, accountId, toldAt } = newcomer;
  if (code === null) return {};
  const db = ctx.db.fresh;
  const friendRootId = accountId ?? ownPlaceOf(await listPlaces(db, customerId))?.rootId;
  if (friendRootId === undefined) return {};
  try {
    await assertFirst(db, customerId);
    const plan = { code, customerId, toldAt, via: 'link', friendRootId } as const;
    const { started, decision } = await planReferral(ctx, plan);
    const line = { kind: 'referral_started', rootId: friendRootId, detail: { id: started.id } } as const;
    return { also: [decision], histories: [line] };
  } catch (error) {
    if (!(error instanceof AppError) || !harmless.includes(error.code)) throw error;
    ctx.log.info('A code that came along with joining counts nothing: {code}', { code: error.code });
    return {};
  }
}

/** Looks at once at how a newcomer's referral stands; where that fails, a job looks within a minute. */
async function lookAtNewcomer(ctx: Context, customerId: string): Promise<void> {
  try {
    const referral = await findReferralOfFriend(ctx.db.fresh, { friendId: customerId });
    if (referral !== null) await lookAtReferral(ctx, referral.id);
  } catch (error) {
    const isOver =
      error instanceof AppError || error instanceof StoreConflict || error instanceof StoreUnavailable;
    if (!isOver) throw error;
    ctx.log.warn('A newcomer is looked at later: {failure}', { failure: error.message });
  }
}
