import type { Store } from '../../../../db/store.ts';
import { editDistance } from '../../../ground/platform/edit-distance.ts';
import { findCustomers } from '../find-customers.ts';
import type { FoundCustomer } from '../types.ts';

const NEAR_MAX = 5;
const LOOKED_AT = 20;
const LETTERS_MAX = 2;

/**
 * Customers whose address is nearly the one that was typed: the same before the @, or no more than two letters away from
 * it. What stands at its beginning or end leads to them, so that a slip in the middle or at either side is found.
 * Whatever led to them, they are told by their address alone.
 */
export async function findNearEmails(db: Store, email: string): Promise<FoundCustomer[]> {
  const [local = '', domain = ''] = email.split('@');
  const half = Math.max(3, Math.ceil(local.length / 2));
  const texts = [
    ...new Set([local, local.slice(0, half), local.slice(-half), `${local.slice(-2)}@${domain}`]),
  ];
  const lists = await Promise.all(
    texts
      .filter((text) => text.length >= 2)
      .map((text) => findCustomers(db, { text, limit: LOOKED_AT, isPrivate: true })),
  );
  const found = [...new Map(lists.flat().map((one) => [one.id, one])).values()];
  return found
    .flatMap((one) => {
      if (one.email === null || one.email === email) return [];
      const isSameName = one.email.split('@')[0] === local;
      const letters = isSameName ? 1 : editDistance(one.email.slice(0, 254), email);
      return letters <= LETTERS_MAX ? [{ one, letters }] : [];
    })
    .sort((left, right) => left.letters - right.letters)
    .slice(0, NEAR_MAX)
    .map(({ one }) => one);
}
