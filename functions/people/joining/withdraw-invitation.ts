import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { endInvitation } from './join.ts';
import { findInvitation } from './list-invitations.ts';

/**
 * Staff take an open invitation back: its link works no longer.
 * @throws {AppError} `forbidden`, `scope_missing`, `not_found` when it is over
 */
export async function withdrawInvitation(
  ctx: Context,
  { invitationId }: { invitationId: string },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const now = ctx.now();
  const [open] = await findInvitation(ctx.db.fresh, { id: invitationId, now });
  if (open === undefined) throw invitationGone();
  const end = { invitationId, how: 'withdrawn', at: now, actor: actorName(ctx.actor) } as const;
  try {
    await writeDecision(ctx, {
      rows: endInvitation(end),
      audit: { kind: 'invitation.withdrawn', subjectKind: 'invitation', subjectId: invitationId },
    });
  } catch (error) {
    throw isConflictOn(error, 'join_invitation_ends') ? invitationGone() : error;
  }
}

export function invitationGone(): AppError {
  return new AppError('not_found', 'There is no such open invitation.');
}
