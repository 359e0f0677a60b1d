import { isConflictOn } from '../../db/store.ts';
import { recordAct } from '../audit/record-act.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { endInvitation } from './join.ts';
import { findInvitation } from './queries.ts';

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
    await ctx.db.write([
      ...endInvitation(end),
      recordAct(ctx, { act: 'invitation.withdrawn', subjectKind: 'invitation', subjectId: invitationId }),
    ]);
  } catch (error) {
    throw isConflictOn(error, 'join_invitation_ends') ? invitationGone() : error;
  }
}

export function invitationGone(): AppError {
  return new AppError('not_found', 'There is no such open invitation.');
}
