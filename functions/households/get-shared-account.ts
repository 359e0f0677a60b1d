import { listInvitationsInto } from '../joining/queries.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { peopleOf, type SharedAccount } from './get-people.ts';
import { findShared, listMemberships } from './queries.ts';

/** A company or household with its people, for staff. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getSharedAccount(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<SharedAccount> {
  allow(ctx.actor, 'customers:read');
  const { db } = ctx;
  const [[account], members, invitations] = await Promise.all([
    findShared(db, { id: accountId }),
    listMemberships(db, { rootId: accountId }),
    listInvitationsInto(db, { accountId, now: ctx.now() }),
  ]);
  if (account === undefined) throw new AppError('not_found', 'There is no such account.');
  return {
    ...account,
    isManagedByYou: ctx.actor.kind !== 'staff' || ctx.actor.role !== 'analyst',
    people: peopleOf(accountId, members, { readerId: null, seesEmails: true }),
    invitations: invitations.map(({ id, email, mayRedeem, expiresAt }) => ({
      id,
      email,
      mayRedeem,
      expiresAt,
    })),
  };
}
