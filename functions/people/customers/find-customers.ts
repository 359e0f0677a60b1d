import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findWaived } from '../../money/redemptions/waivers.ts';
import { readMemberNumber } from '../joining/member-number.ts';
import { noteLook } from '../looks/note-look.ts';
import { findManagersOf } from '../managers/find-manager.ts';
import { listOwnAnswers } from '../own-fields/own-answer.ts';
import type { CustomersAnswer } from './answer.ts';
import { buildCustomer } from './build-customer.ts';
import { listCustomersByAnyEmail } from './find-customer.ts';
import { listCustomersByMemberNumber } from './queries.ts';

/**
 * The customer with an email, of today or before, or with a member number as a card says it; at most one, unless an old
 * address has a new owner.
 */
export async function findCustomers(
  ctx: Context,
  { email, memberNumber }: { email?: string | undefined; memberNumber?: string | undefined },
): Promise<CustomersAnswer> {
  allow(ctx.actor, 'customers:read');
  const find = () =>
    memberNumber === undefined
      ? listCustomersByAnyEmail(ctx.db, { email: email ?? '' })
      : listCustomersByMemberNumber(ctx.db, { memberNumber: readMemberNumber(memberNumber) });
  const [business, found] = await Promise.all([getBusiness(ctx), find()]);
  const ids = found.map(({ id }) => id);
  const [places, ownOf, managerOf] = await Promise.all([
    Promise.all(ids.map((id) => listPlaces(ctx.db, id))),
    listOwnAnswers(ctx.db, ids),
    findManagersOf(ctx, ids),
  ]);
  for (const customerId of ids) noteLook(ctx, { customerId, what: 'program' });
  const waived = await findWaived(
    ctx,
    places.flat().map(({ rootId }) => rootId),
  );
  return {
    items: found.map((customer, index) =>
      buildCustomer(customer, {
        places: places[index] ?? [],
        currency: business.currency,
        own: ownOf(customer.id),
        manager: managerOf(customer.id),
        waived,
        language: business.identity.languages[0],
      }),
    ),
    nextCursor: null,
  };
}
