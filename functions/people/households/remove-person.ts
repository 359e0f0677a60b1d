import type { Store } from '../../../db/store.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { assertManages } from './assert-manages.ts';
import { listMemberships, type MemberRow } from './list-memberships.ts';
import { endMember } from './membership-rows.ts';
import { findShared } from './queries.ts';

interface Person {
  accountId: string;
  customerId: string;
}

/**
 * Takes somebody out of a company or household with all its departments, or lets the signed-in customer leave it. Their
 * orders stay the account's; they see and spend nothing of it from now on, also when they order for it again.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function removePerson(
  ctx: Context,
  { accountId, customerId }: Person,
  options: Alongside<Person> = {},
): Promise<Person> {
  const isSelf = ctx.actor.kind === 'customer' && ctx.actor.id === customerId;
  return writeHistory(ctx, accountId, async (seen) => {
    const db = seen.db.fresh;
    const members = isSelf ? await ownOf(db, accountId) : (await assertManages(seen, db, accountId)).members;
    const places = members.filter((one) => one.customerId === customerId);
    if (places.length === 0) throw new AppError('not_found', 'This person does not belong to the account.');
    const kind = isSelf ? 'left' : 'removed';
    const person = { accountId, customerId };
    return {
      history: { kind: isSelf ? 'person_left' : 'person_removed', detail: { customerId } },
      also: places.map((place) => endMember(ctx, kind, { accountId: place.accountId, customerId })),
      beside: options.alongside?.(person, 201) ?? [],
      result: person,
    };
  });
}

/** Nobody can leave their own account. */
async function ownOf(db: Store, accountId: string): Promise<MemberRow[]> {
  const [[shared], members] = await Promise.all([
    findShared(db, { id: accountId }),
    listMemberships(db, { rootId: accountId }),
  ]);
  return shared === undefined ? [] : members;
}
