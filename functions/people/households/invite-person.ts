import { z } from 'zod';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mailboxOf } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { email } from '../../ground/platform/input.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { type Invited, planInvitation } from '../joining/invite.ts';
import { assertManages } from './assert-manages.ts';
import { looksLikeLink } from './looks-like-link.ts';

const input = z.strictObject({
  accountId: z.string().max(200),
  email,
  mayRedeem: z.boolean().default(false),
  language: z.string().max(35).nullable().default(null),
});

/**
 * Invites somebody by mail to share a company or household. They belong to it when they have signed in with that address
 * and said yes; whether the address is a customer's already is not told.
 * @throws {AppError} `validation_failed`, `already_member`, `too_many_requests`, `not_found`, `forbidden`
 */
export async function invitePerson(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<Invited> = {},
): Promise<Invited> {
  const person = parseInput(input, typed);
  const { actor } = ctx;
  await assertManages(ctx, ctx.db.fresh, person.accountId);
  if (actor.kind === 'customer') {
    const { secret } = ctx.config;
    const limits = [
      limitOn(secret, 'invitations', actor.id),
      limitOn(secret, 'invitations_to', mailboxOf(person.email)),
    ];
    assertWithin(await countTries(ctx.db, limits, ctx.now()));
  }
  const invited = await writeHistory(ctx, person.accountId, async (seen) => {
    const { account, members } = await assertManages(seen, seen.db.fresh, person.accountId);
    if (members.some((one) => one.email === person.email && one.accountId === account.id))
      throw new AppError('already_member', 'This person belongs to the account already.');
    const inviting = members.find(({ customerId }) => actor.kind === 'customer' && customerId === actor.id);
    const { email, language, mayRedeem } = person;
    const named = inviting?.name ?? null;
    const from = named === null || looksLikeLink(named) ? null : named;
    const { invited, decision } = planInvitation(ctx, { email, language, account, mayRedeem, from });
    const { id: invitationId } = invited;
    const subject = { subjectKind: 'account', subjectId: account.id };
    return {
      history: { kind: 'person_invited', detail: { invitationId, mayRedeem } },
      ...decision,
      audit:
        actor.kind === 'customer' ? null : { kind: 'person.invited', ...subject, detail: { invitationId } },
      beside: options.alongside?.(invited, 201) ?? [],
      result: invited,
    };
  });
  ctx.wakeMail('now');
  return invited;
}
