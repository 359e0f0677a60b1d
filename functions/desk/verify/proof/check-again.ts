import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowRole } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { listDoubtsOf, moveDoubts } from '../../../money/ledger/doubts.ts';
import { checkRoots } from '../check-accounts.ts';

/**
 * Goes over one account in doubt again, at once. When it adds up, balance may be paid out of it again.
 * @returns whether it adds up
 * @throws {AppError} `forbidden`; `not_found` for an account that is not in doubt
 */
export async function checkAgain(ctx: Context, { accountId }: { accountId: string }): Promise<boolean> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const [doubt] = await listDoubtsOf(ctx.db.fresh, { ids: JSON.stringify([accountId]) });
  if (doubt === undefined) throw new AppError('not_found', 'This account is not in doubt.');
  const { inDoubt } = await checkRoots(ctx, [accountId]);
  const addsUp = inDoubt.length === 0;
  await writeDecision(ctx, {
    rows: moveDoubts([accountId], inDoubt, ctx.now()),
    audit: {
      kind: 'books.checked-again',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { addsUp },
    },
  });
  return addsUp;
}
