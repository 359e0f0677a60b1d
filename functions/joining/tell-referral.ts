import { type Statement, StoreConflict, StoreUnavailable } from '../../db/store.ts';
import { noteBeside } from '../accounts/note.ts';
import { listPlaces } from '../accounts/places.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { lookAtReferral } from '../referrals/look.ts';
import { findReferralOfFriend } from '../referrals/queries.ts';
import { assertFirst, ownPlaceOf, planReferral } from '../referrals/start-referral.ts';

/** Why a code that came along with joining counts nothing; none of it keeps anybody out. */
const harmless: readonly string[] = ['not_found', 'referral_off', 'referral_own_code', 'already_referred'];

export interface ToldReferral {
  code: string | null;
  customerId: string;
  /** Their own account, which the same batch may make; null for a member of others' alone. */
  accountId: string | null;
  /** When they asked to join. */
  toldAt: number;
}

/** The statements that write down by whose code a newcomer has come, for the end of the batch that lets them in. */
export async function tellReferral(ctx: Context, told: ToldReferral): Promise<Statement[]> {
  const { code, customerId, accountId, toldAt } = told;
  if (code === null) return [];
  const db = ctx.db.fresh;
  const friendRootId = accountId ?? ownPlaceOf(await listPlaces(db, customerId))?.rootId;
  if (friendRootId === undefined) return [];
  try {
    await assertFirst(db, customerId);
    const plan = { code, customerId, toldAt, via: 'link', friendRootId } as const;
    const { started, rows } = await planReferral(ctx, plan);
    return [
      ...rows,
      ...noteBeside(ctx, friendRootId, { kind: 'referral_started', detail: { id: started.id } }),
    ];
  } catch (error) {
    if (!(error instanceof AppError) || !harmless.includes(error.code)) throw error;
    ctx.log.info('A code that came along with joining counts nothing: {code}', { code: error.code });
    return [];
  }
}

/** Looks at once at how a newcomer's referral stands; where that fails, a job looks within a minute. */
export async function lookAtNewcomer(ctx: Context, customerId: string): Promise<void> {
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
