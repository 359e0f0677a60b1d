import { insertInto } from '../../../db/query.ts';
import { customers, memberships } from '../../../db/schema/index.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { insertAccount } from '../../money/accounts/open-account.ts';
import { findRevision } from '../../money/business/find-revision.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';

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
    await writeDecision(ctx, {
      rows: [
        insertCustomer({ id: customerId, email, name, createdAt: now }),
        insertAccount(
          { id: accountId, kind: 'personal', name: '', ownerId: customerId },
          { revision, now, historySeq: 1 },
        ),
        insertMembership({ accountId, customerId, since: now }),
      ],
      histories: [
        { kind: 'recommended', rootId: accountId, place: { seq: 1, revision, isMovedByRows: true } },
      ],
    });
    return customerId;
  });
}
