import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import type { Context } from '../../ground/platform/context.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { getBusiness } from '../../money/business/business.ts';
import { consentText } from '../../people/joining/consent-texts.ts';
import { join } from '../../people/joining/join.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import type { Person } from './people.ts';

/** Makes somebody a customer, as if they had just proven their email, said their name and agreed to the terms. */
export async function signUp(ctx: Context, person: Person & { language: Locale }): Promise<void> {
  const { email, name, language } = person;
  const guest: Context = { ...ctx, actor: { kind: 'anonymous' } };
  await changeAccount(ctx, `email:${email}`, async () => {
    const db = ctx.db.fresh;
    const [[known], { identity, revision }] = await Promise.all([
      findOwnerByEmail(db, { email }),
      getBusiness({ ...ctx, db }),
    ]);
    const newcomer = {
      email,
      known,
      name,
      language,
      agreed: [consentText(identity, { kind: 'terms', language })],
      agreedAt: ctx.now(),
      revision,
      invitations: [],
    };
    await writeDecision(guest, join(guest, newcomer).decision);
  });
}
