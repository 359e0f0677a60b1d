import { note } from '../accounts/note.ts';
import { customerIdOf } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { loadReferral } from './facts.ts';
import { isNamed } from './get-friends.ts';
import { findReferralOfFriend } from './queries.ts';
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
    await note(ctx, row.friendRootId, () => ({
      kind: `referral_${kind}`,
      detail: { id: row.id },
      statements: writeSteps(ctx, { id: row.id, stepSeq: row.stepSeq }, [{ kind }]),
      result: null,
    }));
  });
}
