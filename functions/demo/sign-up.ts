import { changeAccount } from '../accounts/change-account.ts';
import type { Context } from '../platform/context.ts';
import { rename } from '../portal/change-profile.ts';
import { findRevision } from '../programme/queries.ts';
import { claimCustomer } from '../sign-in/claim-customer.ts';
import { findOwnerByEmail } from '../sign-in/queries.ts';
import type { Person } from './people.ts';

/** Makes somebody a claimed customer, as if they had just proven their email and said their name. */
export async function signUp(ctx: Context, person: Person & { language: string }): Promise<void> {
  const { email, name, language } = person;
  const id = await changeAccount(ctx, `email:${email}`, async () => {
    const db = ctx.db.fresh;
    const [[known], [programme]] = await Promise.all([findOwnerByEmail(db, { email }), findRevision(db)]);
    const revision = programme?.revision ?? 0;
    const { customerId, statements } = claimCustomer({ email, known, language, revision, now: ctx.now() });
    await ctx.db.write(statements);
    return customerId;
  });
  await rename({ ...ctx, actor: { kind: 'customer', id } }, { name });
}
