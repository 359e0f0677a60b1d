import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { confirmedOnly, type Place } from '../../money/accounts/places.ts';
import { listInvitationsInto, listInvitationsTo } from '../joining/list-invitations.ts';
import { findOwner } from '../sign-in/find-owner.ts';
import { listMemberships, type MemberRow } from './list-memberships.ts';
import { managersOf, mostFirst } from './members.ts';

export interface PersonView {
  customerId: string;
  /** Null when they told none and it is not for the reader to know the address. */
  name: string | null;
  /** For managers alone. */
  email: string | null;
  department: string | null;
  since: number;
  isYou: boolean;
  isManager: boolean;
  mayRedeem: boolean;
  /** Whether more than an order of theirs says that they belong here. */
  isConfirmed: boolean;
}

export interface SharedAccount {
  id: string;
  name: string;
  isManagedByYou: boolean;
  people: PersonView[];
  /** Open ones; for managers alone. */
  invitations: { id: string; email: string; mayRedeem: boolean; expiresAt: number }[];
}

export interface People {
  /** The companies and households that the reader belongs to as a whole. */
  accounts: SharedAccount[];
  /** Those that the reader has only ordered for: of these they see their own orders and nothing else. */
  unconfirmed: { id: string; name: string }[];
  /** Those into which the reader is invited. */
  invitations: { id: string; accountName: string; mayRedeem: boolean; expiresAt: number }[];
}

/** With whom the signed-in customer shares accounts, and who invites them. @throws {AppError} `unauthenticated` */
export async function getPeople(ctx: Context): Promise<People> {
  const customerId = customerIdOf(ctx);
  const { db } = ctx;
  const now = ctx.now();
  const [all, [customer]] = await Promise.all([listOrderPlaces(ctx), findOwner(db, { id: customerId })]);
  if (customer === undefined) throw new AppError('not_found', 'There is no such customer.');
  const shared = confirmedOnly(all).filter(({ name, departments }) => name !== null && departments === null);
  const [invitedTo, ...rows] = await Promise.all([
    listInvitationsTo(db, { email: customer.email, now }),
    ...shared.map(async ({ rootId }) =>
      Promise.all([listMemberships(db, { rootId }), listInvitationsInto(db, { accountId: rootId, now })]),
    ),
  ]);
  return {
    accounts: shared.map((place, index) => accountView(place, rows[index] ?? [[], []], customerId)),
    unconfirmed: all.flatMap(({ rootId, name, onlyOrdersOf }) =>
      onlyOrdersOf === null || name === null ? [] : [{ id: rootId, name }],
    ),
    invitations: invitedTo.flatMap(({ id, accountName, mayRedeem, expiresAt }) =>
      accountName === null ? [] : [{ id, accountName, mayRedeem, expiresAt }],
    ),
  };
}

function accountView(
  { rootId, name }: Place,
  [members, invitations]: [MemberRow[], Awaited<ReturnType<typeof listInvitationsInto>>],
  readerId: string,
): SharedAccount {
  const managers = managersOf(rootId, members);
  const isManagedByYou = managers.includes(readerId);
  return {
    id: rootId,
    name: name ?? '',
    isManagedByYou,
    people: peopleOf(rootId, members, { readerId, seesEmails: isManagedByYou }),
    invitations: isManagedByYou
      ? invitations.map(({ id, email, mayRedeem, expiresAt }) => ({ id, email, mayRedeem, expiresAt }))
      : [],
  };
}

/** Each person once: what was confirmed says more than an order, and the whole account more than its departments. */
export function peopleOf(
  rootId: string,
  members: readonly MemberRow[],
  { readerId, seesEmails }: { readerId: string | null; seesEmails: boolean },
): PersonView[] {
  const managers = managersOf(rootId, members);
  const views = new Map<string, PersonView>();
  for (const one of mostFirst(rootId, members)) {
    const { customerId, name, email, department, since, mayRedeem, role } = one;
    if (views.has(customerId)) continue;
    views.set(customerId, {
      customerId,
      name,
      email: seesEmails ? email : null,
      department,
      since,
      isYou: customerId === readerId,
      isManager: managers.includes(customerId),
      mayRedeem: mayRedeem ?? false,
      isConfirmed: role !== null,
    });
  }
  return [...views.values()];
}
