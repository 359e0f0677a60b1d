import { statement } from '../../../db/query.ts';
import type { DataSubject } from '../../ground/personal/personal-data.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findPerson } from '../erasure/find-person.ts';

const among = 'IN (SELECT value FROM json_each(?1))';
const ownedAccounts = `SELECT id FROM accounts WHERE owner_id ${among}`;
/**
 * Somebody who takes home what is kept of them: less than what is erased with them. A household in which nobody else is left
 * was also of those who left it. Null where there is none.
 */
export async function findOwnSubject(ctx: Context, customerId: string): Promise<DataSubject | null> {
  const person = await findPerson(ctx, customerId);
  if (person === null) return null;
  const { customerIds, rootIds, addresses, numbers } = person;
  const owned = await ctx.db.fresh.read(statement(ownedAccounts, JSON.stringify(customerIds)));
  const accountIds = owned.map(([id]) => String(id));
  return { customerIds, rootIds, accountIds, addresses, numbers, words: [] };
}
