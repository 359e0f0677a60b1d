import { insertInto } from '../../db/query.ts';
import { customers, memberships } from '../../db/schema/index.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { insertAccount, insertHistory } from '../accounts/statements.ts';
import { findRevision } from '../business/queries.ts';
import { listCustomersByAnyEmail } from '../customers/queries.ts';
import { actorName, type Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

const insertCustomer = insertInto(customers);
const insertMembership = insertInto(memberships);

/** The customer with an email; somebody unknown becomes an unclaimed one with an account of their own. */
export async function openFriend(
  ctx: Context,
  { email, name }: { email: string; name: string | null },
): Promise<string> {
  return await changeAccount(ctx, `email:${email}`, async () => {
    const db = ctx.db.fresh;
    const [[known], [programme]] = await Promise.all([
      listCustomersByAnyEmail(db, { email }),
      findRevision(db),
    ]);
    if (known !== undefined) return known.id;
    const revision = programme?.revision ?? 0;
    const now = ctx.now();
    const [customerId, accountId] = [newId(), newId()];
    await ctx.db.write([
      insertCustomer({ id: customerId, email, name, createdAt: now }),
      insertAccount(
        { id: accountId, kind: 'personal', name: '', ownerId: customerId },
        { revision, now, historySeq: 1 },
      ),
      insertMembership({ accountId, customerId, since: now }),
      insertHistory({
        accountId,
        seq: 1,
        at: now,
        kind: 'recommended',
        actor: actorName(ctx.actor),
        detail: '{}',
        programmeRevision: revision,
      }),
    ]);
    return customerId;
  });
}
