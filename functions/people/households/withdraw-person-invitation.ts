import { isConflictOn } from '../../../db/store.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { endInvitation } from '../joining/join.ts';
import { findInvitation } from '../joining/list-invitations.ts';
import { invitationGone } from '../joining/withdraw-invitation.ts';
import { assertManages } from './assert-manages.ts';

/**
 * Whoever manages a company or household takes back an invitation into it.
 * @throws {AppError} `not_found` when it is over or somebody else's, `forbidden`
 */
export async function withdrawPersonInvitation(
  ctx: Context,
  { accountId, invitationId }: { accountId: string; invitationId: string },
): Promise<void> {
  const end = { invitationId, how: 'withdrawn', at: ctx.now(), actor: actorName(ctx.actor) } as const;
  try {
    await writeHistory(ctx, accountId, async (seen) => {
      const db = seen.db.fresh;
      const [, [open]] = await Promise.all([
        assertManages(seen, db, accountId),
        findInvitation(db, { id: invitationId, now: ctx.now() }),
      ]);
      if (open?.accountId !== accountId) throw invitationGone();
      return {
        history: { kind: 'invitation_withdrawn', detail: { invitationId } },
        rows: endInvitation(end),
      };
    });
  } catch (error) {
    throw isConflictOn(error, 'join_invitation_ends') ? invitationGone() : error;
  }
}
