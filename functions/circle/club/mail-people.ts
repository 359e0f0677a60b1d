import type { Mail } from '../../ground/outbox/queue-mail.ts';
import type { Recipient } from '../../ground/outbox/tell-each.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listPeopleOf } from './queries.ts';

/** For each of some accounts, a mail to each of its people. */
export async function mailPeopleOf(
  ctx: Context,
  accounts: readonly Recipient[],
  mailTo: (customerId: string, accountId: string) => Mail,
): Promise<Mail[][]> {
  const ids = JSON.stringify(accounts.map(({ reader }) => reader));
  const people = Map.groupBy(await listPeopleOf(ctx.db.fresh, { ids }), ({ accountId }) => accountId);
  return accounts.map(({ reader }) => (people.get(reader) ?? []).map(({ id }) => mailTo(id, reader)));
}
