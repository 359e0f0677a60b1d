import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listMemberships, type MemberRow } from './list-memberships.ts';
import { managersOf } from './members.ts';
import { findShared, type Shared } from './queries.ts';

/** A company or household as whoever manages it finds it. */
export interface Managed {
  account: Shared;
  members: MemberRow[];
}

/**
 * The company or household that the actor manages: as one of its managers, as staff, or with a key of
 * `customers:write`. To anybody else it does not exist.
 * @throws {AppError} `not_found`, `forbidden` for its plain members, `scope_missing`
 */
export async function assertManages(ctx: Context, db: Store, accountId: string): Promise<Managed> {
  const { actor } = ctx;
  if (actor.kind !== 'customer') allow(actor, 'customers:write');
  const [[account], members] = await Promise.all([
    findShared(db, { id: accountId }),
    listMemberships(db, { rootId: accountId }),
  ]);
  const isTheirs = actor.kind !== 'customer' || members.some(({ customerId }) => customerId === actor.id);
  if (account === undefined || !isTheirs) throw new AppError('not_found', 'There is no such account.');
  if (actor.kind === 'customer' && !managersOf(accountId, members).includes(actor.id))
    throw new AppError('forbidden', 'Only who manages the account may do this.');
  return { account, members };
}
