import type { Context } from '../../ground/platform/context.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import type { Business } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { findInterests } from '../../people/joining/find-interests.ts';
import { getMyOwnFields, getOwnFieldsOf } from '../../people/own-fields/get-own-fields.ts';
import { type Interest, interestsIn } from './interests.ts';
import { interestFields, interestKeys } from './policies.ts';

/**
 * What a customer said they like: their answer, and the own fields that the business names for it. A customer is told of what
 * they see of themselves, and analysts of nothing.
 */
export async function readInterests(
  ctx: Context,
  { customerId, business }: { customerId: string; business: Business },
): Promise<Interest[]> {
  if (!mayReadPrivate(ctx.actor)) return [];
  const keys = interestKeys(policyOf(business, interestFields));
  const [answer, fields] = await Promise.all([
    findInterests(ctx.db, customerId),
    keys.length === 0 ? [] : readFields(ctx, customerId),
  ]);
  const values = fields.flatMap(({ key, kind, value }) =>
    value !== null && keys.includes(key) && (kind === 'text' || kind === 'choice') ? [value] : [],
  );
  return interestsIn([...(answer === null ? [] : [answer]), ...values]);
}

const readFields = (ctx: Context, customerId: string) =>
  ctx.actor.kind === 'customer' ? getMyOwnFields(ctx) : getOwnFieldsOf(ctx, customerId);
