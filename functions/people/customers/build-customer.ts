import { textIn } from '../../ground/identity/languages.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Place } from '../../money/accounts/places.ts';
import type { Waived } from '../../money/redemptions/waivers.ts';
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
    waived,
    language,
  }: {
    places: readonly Place[];
    currency: string | null;
    own: OwnAnswer;
    manager: Manager | null;
    waived: ReadonlyMap<string, Waived>;
    /** In which a benefit is called. */
    language: string;
  },
): CustomerAnswer {
  return {
    ...customer,
    claimed: claimedAt !== null,
    accounts: places.map(({ rootId, name }) => ({
      ...{ id: rootId, name, currency },
      minimumWaived: toWaivedAnswer(waived.get(rootId), language),
    })),
    own,
    manager: manager === null ? null : toManagerAnswer(manager),
  };
}

function toWaivedAnswer(waived: Waived | undefined, language: string) {
  if (waived === undefined) return null;
  const { by, who, until, reason } = waived;
  return { by, who, until: until === null ? null : instantText(until), reason: textIn(reason, language) };
}

function toManagerAnswer({ email, name, standIn }: Manager): CustomerAnswer['manager'] {
  if (standIn === null) return { email, name, standIn: null };
  return { email, name, standIn: { email: standIn.email, name: standIn.name, until: standIn.until } };
}
