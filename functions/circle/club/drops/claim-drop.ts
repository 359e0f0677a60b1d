import { isConflictOn } from '../../../../db/store.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { allow, customerIdOf } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { resolveRoot } from '../../../money/accounts/places.ts';
import { type AnsweredDecision, writeHistory } from '../../../money/accounts/write-history.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listAudiencesOf } from '../../../money/programme/audience.ts';
import { opensAtFor } from '../level.ts';
import { actingFor } from '../own-account.ts';
import { assertMember, loadMember } from '../standing.ts';
import { type ClaimState, claimStateOf } from './claim-state.ts';
import { findDrop, listClaimsOf, listWindows } from './queries.ts';
import { answerByMail, giveFree, lineUp } from './statements.ts';

/**
 * Claims a piece for the account, or a place on the waiting list: which, and the number in line, one batch decides under
 * the database's lock. Claiming again gives the same claim.
 * Staff and keys claim for a customer they name.
 * @throws {AppError} `not_found`, `forbidden`, `account_required`, `club_not_a_member`, `drop_not_open`, `drop_claim_over`
 */
export async function claimDrop(
  ctx: Context,
  input: { accountId: string | null; dropId: string; customerId?: string },
  options: Alongside<ClaimState> = {},
): Promise<{ isNew: boolean; claim: ClaimState }> {
  const { dropId } = input;
  const { customerId, rootId } = await claimantOf(ctx, input);
  const claim = { id: newId(), dropId, accountId: rootId, customerId };
  let isNew = false;
  try {
    isNew = await writeHistory(ctx, rootId, async (seen): Promise<AnsweredDecision<boolean>> => {
      const drop = await findClaimable(seen, { accountId: rootId, dropId });
      if (drop === null) return { ...unchanged, result: false };
      // One moment for both: a replay knows by it that the piece came with the claim.
      const at = ctx.now();
      return {
        history: { kind: 'drop_claimed', detail: { drop: dropId, claim: claim.id } },
        rows: [lineUp({ ...claim, at }), giveFree(drop, at), ...answerByMail(ctx, drop, claim)],
        beside: options.alongside?.(justClaimed(claim, at), 201) ?? [],
        result: true,
      };
    });
  } catch (error) {
    if (isConflictOn(error, 'refused: drop_closed')) throw notOpen();
    if (!isConflictOn(error, 'drop_claims.drop_id')) throw error;
  }
  const own = await findOwnClaim(ctx, rootId, dropId);
  const kept = isNew ? [] : (options.alongside?.(own, 200) ?? []);
  if (kept.length > 0) await ctx.db.write(kept);
  if (isNew) ctx.wakeMail('soon');
  return { isNew, claim: own };
}

async function claimantOf(
  ctx: Context,
  { accountId, customerId }: { accountId: string | null; customerId?: string },
): Promise<{ customerId: string; rootId: string }> {
  if (customerId === undefined) {
    const { rootId } = await actingFor(ctx, accountId);
    return { customerId: customerIdOf(ctx), rootId };
  }
  allow(ctx.actor, 'customers:write');
  return { customerId, rootId: await resolveRoot(ctx.db.fresh, customerId, accountId) };
}

/** What is kept of a claim for replays before the batch has decided its number and what it came to. */
function justClaimed({ id, dropId }: { id: string; dropId: string }, at: number): ClaimState {
  return { claimId: id, dropId, state: 'waiting', number: 0, place: null, until: null, at };
}

/** The drop, for who may claim a piece of it now; null for who has done so already. */
async function findClaimable(ctx: Context, { accountId, dropId }: { accountId: string; dropId: string }) {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const business = await getBusiness({ ...ctx, db });
  const [[drop], windows, claims, member, audiences] = await Promise.all([
    findDrop(db, { dropId }),
    listWindows(db, { ids: JSON.stringify([dropId]) }),
    listClaimsOf(db, { accountId }),
    loadMember(db, business, { accountId, now }),
    listAudiencesOf(db, accountId),
  ]);
  assertMember(member.isMember);
  if (drop === undefined) throw new AppError('not_found', 'There is no such drop.');
  const own = claims.find((one) => one.dropId === dropId);
  if (own !== undefined && own.outcome !== null && own.outcome !== 'collected')
    throw new AppError('drop_claim_over', 'This claim was given up; a drop is claimed once.');
  if (own !== undefined) return null;
  const { segmentId } = drop;
  const isFor = segmentId === null || audiences.some((one) => one.segmentId === segmentId);
  const opensAt = opensAtFor(windows, member);
  if (!isFor || opensAt === null || opensAt > now || drop.closesAt <= now || drop.closedAt !== null)
    throw notOpen();
  return drop;
}

const notOpen = () => new AppError('drop_not_open', 'The drop is not open to you now.');

async function findOwnClaim(ctx: Context, accountId: string, dropId: string): Promise<ClaimState> {
  const claims = await listClaimsOf(ctx.db.fresh, { accountId });
  const own = claims.find((one) => one.dropId === dropId);
  if (own === undefined) throw notOpen();
  return claimStateOf(own);
}
