import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { isDemo } from './is-demo.ts';
import { isUnused } from './is-empty.ts';

/** Where and by whom the demo can be ended: not by pages at all, not by this visitor, or by them. */
export type OwnShopState = 'elsewhere' | 'forbidden' | 'possible';

/** Who asks: whoever sits at the machine itself may do what its terminal could. */
interface Asking {
  isAtMachine: boolean;
}

/** @throws {AppError} `not_found` where no demo is served */
export async function getOwnShopState(ctx: Context, { isAtMachine }: Asking): Promise<OwnShopState> {
  if (!(await isDemo(ctx))) throw new AppError('not_found', 'There is no demo here.');
  if (ctx.ownShop === undefined) return 'elsewhere';
  const isOwner = ctx.actor.kind === 'staff' && ctx.actor.role === 'owner';
  return isAtMachine || isOwner ? 'possible' : 'forbidden';
}

/**
 * Puts the own shop in place of the demo, which is kept beside it. The link that makes its first owner is answered to
 * whoever sits at the machine alone; others find it in the terminal.
 * @throws {AppError} `forbidden`, `not_found` where no demo is served or only who deployed it can end it
 */
export async function beginOwnShop(
  ctx: Context,
  { isAtMachine }: Asking,
): Promise<{ ownerLink: string | null }> {
  const state = await getOwnShopState(ctx, { isAtMachine });
  if (ctx.ownShop === undefined) throw new AppError('not_found', 'The demo cannot be ended from here.');
  if (state === 'forbidden') throw new AppError('forbidden', 'Only an owner may begin the own shop.');
  const ownerLink = await ctx.ownShop.begin();
  return { ownerLink: isAtMachine ? ownerLink : null };
}

/** Writes into a database that it is the own shop's from now on, though nothing is in it yet. */
export async function markAsOwnShop(ctx: Context): Promise<void> {
  allowRole(ctx.actor, ['owner']);
  if (!(await isUnused(ctx))) return;
  await writeDecision(ctx, { audit: { kind: 'shop.begun', subjectKind: 'shop', subjectId: 'own' } });
}
