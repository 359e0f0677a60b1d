import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { nameAccounts } from '../../money/accounts/name-accounts.ts';
import { listInvitationsInto } from '../joining/list-invitations.ts';
import { peopleOf, type SharedAccount } from './get-people.ts';
import { listMemberships } from './list-memberships.ts';
import { findShared } from './queries.ts';

/** Whose own account one is, for staff; null for a company's or household's, and for none. @throws {AppError} `forbidden`, `scope_missing` */
export async function findAccountOwner(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<string | null> {
  allow(ctx.actor, 'customers:read');
  return (await nameAccounts(ctx.db, [accountId]))(accountId).customerId;
}

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
