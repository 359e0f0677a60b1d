import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findWaived } from '../../money/redemptions/waivers.ts';
import { noteLook } from '../looks/note-look.ts';
import { findManagersOf } from '../managers/find-manager.ts';
import { listOwnAnswers } from '../own-fields/own-answer.ts';
import type { CustomerAnswer } from './answer.ts';
import { buildCustomer } from './build-customer.ts';
import { findCustomer } from './find-customer.ts';

/** One customer with the accounts they belong to. @throws {AppError} `not_found` */
export async function getCustomer(ctx: Context, { id }: { id: string }): Promise<CustomerAnswer> {
  allow(ctx.actor, 'customers:read');
  const [business, [customer], places, ownOf, managerOf] = await Promise.all([
    getBusiness(ctx),
    findCustomer(ctx.db, { id }),
    listPlaces(ctx.db, id),
    listOwnAnswers(ctx.db, [id]),
    findManagersOf(ctx, [id]),
  ]);
  if (customer === undefined) throw new AppError('not_found', 'There is no such customer.');
  noteLook(ctx, { customerId: id, what: 'program' });
  const waived = await findWaived(
    ctx,
    places.map(({ rootId }) => rootId),
  );
  return buildCustomer(customer, {
    places,
    currency: business.currency,
    own: ownOf(id),
    manager: managerOf(id),
    waived,
    language: business.identity.languages[0],
  });
}
