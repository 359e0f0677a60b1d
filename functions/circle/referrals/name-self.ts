import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { loadReferral } from './facts.ts';
import { findReferralOfFriend } from './find-referral-of-friend.ts';
import { isNamed } from './get-friends.ts';
import { onReferral, writeSteps } from './steps.ts';

/** Lets who recommended the signed-in customer see their first name, or no longer. @throws {AppError} `not_found` */
export async function nameSelf(ctx: Context, { isNamed: wish }: { isNamed: boolean }): Promise<void> {
  const friendId = customerIdOf(ctx);
  const came = await findReferralOfFriend(ctx.db.fresh, { friendId });
  if (came === null) throw new AppError('not_found', 'Nobody recommended this customer.');
  await onReferral(ctx, came.id, async () => {
    const { row, steps } = await loadReferral(ctx, ctx.db.fresh, came.id);
    if (isNamed(steps) === wish) return;
    const kind = wish ? 'named' : 'unnamed';
    await writeHistory(ctx, row.friendRootId, () => ({
      history: { kind: `referral_${kind}`, detail: { id: row.id } },
      rows: writeSteps(ctx, { id: row.id, stepSeq: row.stepSeq }, [{ kind }]),
    }));
  });
}
