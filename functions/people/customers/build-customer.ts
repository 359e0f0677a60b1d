import type { Place } from '../../money/accounts/places.ts';
import type { Manager } from '../managers/find-manager.ts';
import type { OwnAnswer } from '../own-fields/own-answer.ts';
import type { CustomerAnswer } from './answer.ts';
import type { findCustomer } from './find-customer.ts';

type CustomerRow = Awaited<ReturnType<typeof findCustomer>>[number];

/** A customer as the API answers it; `currency` is the business's, null until one is set. */
export function buildCustomer(
  { claimedAt, ...customer }: CustomerRow,
  {
    places,
    currency,
    own,
    manager,
  }: { places: readonly Place[]; currency: string | null; own: OwnAnswer; manager: Manager | null },
): CustomerAnswer {
  return {
    ...customer,
    claimed: claimedAt !== null,
    accounts: places.map(({ rootId, name }) => ({ id: rootId, name, currency })),
    own,
    manager: manager === null ? null : toManagerAnswer(manager),
  };
}

function toManagerAnswer({ email, name, standIn }: Manager): CustomerAnswer['manager'] {
  if (standIn === null) return { email, name, standIn: null };
  return { email, name, standIn: { email: standIn.email, name: standIn.name, until: standIn.until } };
}
