import { isConflictOn } from '../../../db/store.ts';
import { note } from '../../accounts/note.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { customerIdOf } from '../../portal/own-places.ts';
import { getBusiness } from '../../programme/business.ts';
import { opensAtFor } from '../level.ts';
import { actingFor } from '../own-account.ts';
import { assertMember, loadMember } from '../standing.ts';
import { type ClaimState, claimStateOf } from './claim-state.ts';
import { findDrop, listClaimsOf, listWindows } from './queries.ts';
import { answerByMail, giveFree, lineUp } from './statements.ts';

/**
 * Claims a piece for the account, or a place on the waiting list: which, and the number in line, one batch decides under
 * the database's lock. Claiming again gives the same claim.
 * @throws {AppError} `not_found`, `forbidden`, `club_not_a_member`, `drop_not_open`, `drop_claim_over`
 */
export async function claimDrop(
  ctx: Context,
  { accountId, dropId }: { accountId: string | null; dropId: string },
): Promise<ClaimState> {
  const customerId = customerIdOf(ctx);
  const { rootId } = await actingFor(ctx, accountId);
  const claim = { id: newId(), dropId, accountId: rootId, customerId };
  try {
    await note(ctx, rootId, async (seen) => {
      const drop = await assertClaimable(seen, { accountId: rootId, dropId });
      return {
        kind: 'drop_claimed',
        detail: { drop: dropId, claim: claim.id },
        statements: [
          lineUp({ ...claim, at: ctx.now() }),
          giveFree(ctx, drop),
          ...answerByMail(ctx, drop, claim),
        ],
        result: undefined,
      };
    });
  } catch (error) {
    if (isConflictOn(error, 'refused: drop_closed')) throw notOpen();
    if (!(error instanceof ClaimedAlready) && !isConflictOn(error, 'drop_claims.drop_id')) throw error;
  }
  ctx.wakeMail('soon');
  return findOwnClaim(ctx, rootId, dropId);
}

class ClaimedAlready extends Error {}

async function assertClaimable(ctx: Context, { accountId, dropId }: { accountId: string; dropId: string }) {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const { currency } = await getBusiness({ ...ctx, db });
  const [[drop], windows, claims, member] = await Promise.all([
    findDrop(db, { dropId }),
    listWindows(db, { ids: JSON.stringify([dropId]) }),
    listClaimsOf(db, { accountId }),
    loadMember(db, { accountId, currency, now }),
  ]);
  assertMember(member);
  if (drop === undefined) throw new AppError('not_found', 'There is no such drop.');
  const own = claims.find((one) => one.dropId === dropId);
  if (own !== undefined && own.outcome !== null && own.outcome !== 'collected')
    throw new AppError('drop_claim_over', 'This claim was given up; a drop is claimed once.');
  if (own !== undefined) throw new ClaimedAlready();
  const opensAt = opensAtFor(windows, member.levels, member.spendMinor);
  if (opensAt === null || opensAt > now || drop.closesAt <= now || drop.closedAt !== null) throw notOpen();
  return drop;
}

const notOpen = () => new AppError('drop_not_open', 'The drop is not open to you now.');

async function findOwnClaim(ctx: Context, accountId: string, dropId: string): Promise<ClaimState> {
  const claims = await listClaimsOf(ctx.db.fresh, { accountId });
  const own = claims.find((one) => one.dropId === dropId);
  if (own === undefined) throw notOpen();
  return claimStateOf(own);
}
