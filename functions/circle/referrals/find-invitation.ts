import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { getBusiness } from '../../money/business/business.ts';
import { looksLikeLink } from '../../people/households/looks-like-link.ts';
import { promiseView, shownFirstName } from './get-friends.ts';
import { findCodeOwner } from './queries.ts';
import { promiseOf } from './terms.ts';
import type { InvitationView } from './types.ts';

/** What a code promises to whoever follows it; for everybody. @throws {AppError} `not_found` */
export async function findInvitation(ctx: Context, asked: { code: string }): Promise<InvitationView> {
  const [owner, business] = await Promise.all([
    findCodeOwner(ctx.db, { code: normalCode(asked.code.slice(0, 40)) }),
    getBusiness(ctx),
  ]);
  if (owner === null) throw new AppError('not_found', 'There is no such code.');
  const promise = promiseOf(business);
  return {
    code: owner.code,
    name: owner.name === null || looksLikeLink(owner.name) ? null : shownFirstName(owner.name),
    promise: promise === null ? null : promiseView(promise),
    isOwn: ctx.actor.kind === 'customer' && ctx.actor.id === owner.customerId,
  };
}
