import { isConflictOn } from '../../../db/store.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { endInvitation } from '../joining/join.ts';
import { findInvitation, type Invitation } from '../joining/list-invitations.ts';
import { findOwner } from '../sign-in/find-owner.ts';
import { addMember } from './membership-rows.ts';

/**
 * The signed-in customer accepts or declines an invitation to a company or household; it is theirs when it was sent to
 * their address. Accepting makes them a member at once.
 * @throws {AppError} `invitation_over`, `not_found`, `unauthenticated`
 */
export async function answerInvitation(
  ctx: Context,
  { invitationId, how }: { invitationId: string; how: 'accepted' | 'declined' },
): Promise<{ accountId: string }> {
  const customerId = customerIdOf(ctx);
  const { accountId } = await ownInvitation(ctx, { invitationId, customerId });
  const end = { invitationId, how, at: ctx.now(), actor: `customer:${customerId}` };
  try {
    return await writeHistory(ctx, accountId, async (seen) => {
      const { mayRedeem } = await ownInvitation(seen, { invitationId, customerId });
      const joined = addMember(ctx, { accountId, customerId, role: 'member', mayRedeem });
      const isAccepted = how === 'accepted';
      return {
        history: {
          kind: isAccepted ? 'person_joined' : 'invitation_declined',
          detail: { invitationId, ...(isAccepted ? { customerId, mayRedeem } : {}) },
        },
        rows: endInvitation(end),
        also: isAccepted ? [joined] : [],
        result: { accountId },
      };
    });
  } catch (error) {
    throw isConflictOn(error, 'join_invitation_ends') ? over() : error;
  }
}

async function ownInvitation(
  ctx: Context,
  { invitationId, customerId }: { invitationId: string; customerId: string },
): Promise<Invitation & { accountId: string }> {
  const [[invitation], [customer]] = await Promise.all([
    findInvitation(ctx.db.fresh, { id: invitationId, now: ctx.now() }),
    findOwner(ctx.db.fresh, { id: customerId }),
  ]);
  if (invitation === undefined || invitation.email !== customer?.email) throw over();
  const { accountId } = invitation;
  if (accountId === null) throw over();
  return { ...invitation, accountId };
}

function over(): AppError {
  return new AppError('invitation_over', 'This invitation is over, or was sent to another address.');
}
