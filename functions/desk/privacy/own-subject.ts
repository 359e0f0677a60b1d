import { statement } from '../../../db/query.ts';
import type { DataSubject } from '../../ground/personal/personal-data.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findPerson } from '../erasure/find-person.ts';

const among = 'IN (SELECT value FROM json_each(?1))';
const ownedAccounts = `SELECT id FROM accounts WHERE owner_id ${among}`;
const othersAddresses = `SELECT email FROM customers WHERE email IN (SELECT value FROM json_each(?2)) AND id NOT ${among}
  UNION SELECT email FROM former_emails WHERE email IN (SELECT value FROM json_each(?2)) AND customer_id NOT ${among}`;

/**
 * Somebody who takes home what is kept of them: less than what is erased with them. A household in which nobody else is left
 * was also of those who left it, and an address that is somebody else's now tells of them. Null where there is none.
 */
export async function findOwnSubject(
  ctx: Pick<Context, 'db'>,
  customerId: string,
): Promise<DataSubject | null> {
  const person = await findPerson(ctx, customerId);
  if (person === null) return null;
  const { customerIds, rootIds } = person;
  const ids = JSON.stringify(customerIds);
  const [owned, others] = await Promise.all([
    ctx.db.fresh.read(statement(ownedAccounts, ids)),
    ctx.db.fresh.read(statement(othersAddresses, ids, JSON.stringify(person.addresses))),
  ]);
  const taken = new Set(others.map(([email]) => String(email)));
  return {
    ...{ customerIds, rootIds, words: [] },
    accountIds: owned.map(([id]) => String(id)),
    addresses: person.addresses.filter((address) => !taken.has(address)),
  };
}
