import type { Locale } from '../../src/languages.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { findRevision } from '../business/queries.ts';
import { consentText } from '../joining/consent-texts.ts';
import { join } from '../joining/join.ts';
import type { Context } from '../platform/context.ts';
import { findOwnerByEmail } from '../sign-in/queries.ts';
import type { Person } from './people.ts';

/** Makes somebody a customer, as if they had just proven their email, said their name and agreed to the terms. */
export async function signUp(ctx: Context, person: Person & { language: Locale }): Promise<void> {
  const { email, name, language } = person;
  const guest: Context = { ...ctx, actor: { kind: 'anonymous' } };
  await changeAccount(ctx, `email:${email}`, async () => {
    const db = ctx.db.fresh;
    const [[known], [programme]] = await Promise.all([findOwnerByEmail(db, { email }), findRevision(db)]);
    const newcomer = {
      email,
      known,
      name,
      language,
      agreed: [consentText('terms', language)],
      agreedAt: ctx.now(),
      revision: programme?.revision ?? 0,
      invitations: [],
    };
    await ctx.db.write(join(guest, newcomer).statements);
  });
}
