import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError, assert } from '../../../ground/platform/errors.ts';
import { passOver } from '../../../money/accounts/change-account.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { actingFor } from '../own-account.ts';
import { findClaim, findDrop, listOverdueClaims } from './queries.ts';
import { insertClaimEnding, moveUp } from './statements.ts';

type Outcome = 'cancelled' | 'expired' | 'collected';

/** Gives a claim up; a piece goes to the next in line. @throws {AppError} `not_found`, `forbidden`, `drop_claim_over` */
export async function giveUpClaim(
  ctx: Context,
  { accountId, claimId }: { accountId: string | null; claimId: string },
): Promise<void> {
  const { rootId } = await actingFor(ctx, accountId);
  const [claim] = await findClaim(ctx.db.fresh, { claimId });
  if (claim?.accountId !== rootId) throw new AppError('not_found', 'There is no such claim.');
  await endClaim(ctx, { accountId: rootId, claimId, outcome: 'cancelled' });
  ctx.wakeMail('soon');
}

/**
 * Staff hand a piece over, or take a claim away.
 * @throws {AppError} `not_found`, `drop_claim_over`
 */
export async function settleClaim(
  ctx: Context,
  { claimId, outcome }: { claimId: string; outcome: 'collected' | 'cancelled' },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const [claim] = await findClaim(ctx.db.fresh, { claimId });
  if (claim === undefined) throw new AppError('not_found', 'There is no such claim.');
  await endClaim(ctx, { accountId: claim.accountId, claimId, outcome });
  ctx.wakeMail('soon');
}

/** Takes pieces back that nobody fetched in time, each for the next in line. */
export async function expireClaims(ctx: Context): Promise<number> {
  let after = '';
  let expired = 0;
  for (;;) {
    const due = await listOverdueClaims(ctx.db.fresh, { now: ctx.now(), after });
    const last = due.at(-1);
    if (last === undefined) break;
    for (const { id, accountId } of due) {
      try {
        await endClaim(ctx, { accountId, claimId: id, outcome: 'expired' });
        expired += 1;
      } catch (error) {
        if (!(error instanceof AppError)) passOver(ctx, error, accountId);
      }
    }
    after = last.id;
  }
  if (expired > 0) ctx.wakeMail('soon');
  return expired;
}

function endClaim(
  ctx: Context,
  { accountId, claimId, outcome }: { accountId: string; claimId: string; outcome: Outcome },
): Promise<void> {
  return writeHistory(ctx, accountId, async (seen) => {
    const db = seen.db.fresh;
    const [claim] = await findClaim(db, { claimId });
    assert(claim !== undefined, 'a claim stays');
    const [drop] = await findDrop(db, { dropId: claim.dropId });
    assert(drop !== undefined, 'a drop stays');
    if (claim.outcome !== null) throw new AppError('drop_claim_over', 'This claim is over.');
    if (outcome === 'collected' && claim.grantedAt === null)
      throw new AppError('drop_claim_over', 'This claim waits; it has no piece.');
    const { dropId } = claim;
    const about = { subjectKind: 'drop', subjectId: dropId, detail: { claim: claimId } };
    const isStaff = ctx.actor.kind === 'staff' || ctx.actor.kind === 'key';
    return {
      history: { kind: `drop_claim_${outcome}`, detail: { drop: dropId, claim: claimId } },
      rows: [
        insertClaimEnding({ claimId, dropId, outcome, at: ctx.now(), actor: actorName(ctx.actor) }),
        ...(outcome === 'collected' || drop.closedAt !== null ? [] : moveUp(ctx, drop)),
      ],
      audit: isStaff && outcome !== 'expired' ? { kind: `drop.claim-${outcome}`, ...about } : null,
    };
  });
}
