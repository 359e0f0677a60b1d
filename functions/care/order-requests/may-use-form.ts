import { isMemberNow } from '../../circle/club/standing.ts';
import type { Context } from '../../ground/platform/context.ts';
import { isKeyAccount } from '../../insight/levels/list-key-accounts.ts';

/** Whether an account has the order form: key accounts, and who is in the club. */
export async function mayUseForm(ctx: Context, rootId: string): Promise<boolean> {
  const [isKey, isMember] = await Promise.all([
    isKeyAccount(ctx, rootId),
    isMemberNow(ctx.db, { accountId: rootId, now: ctx.now() }),
  ]);
  return isKey || isMember;
}
