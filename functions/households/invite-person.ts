import { z } from 'zod';
import { note } from '../accounts/note.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Invited, writeInvitation } from '../joining/invite.ts';
import type { Alongside } from '../platform/alongside.ts';
import type { Context } from '../platform/context.ts';
import { mailboxOf } from '../platform/email.ts';
import { AppError } from '../platform/errors.ts';
import { email } from '../platform/input.ts';
import { assertWithin, countTries, limitOn } from '../platform/limits.ts';
import { parseInput } from '../platform/parse-input.ts';
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
  given: z.input<typeof input>,
  options: Alongside<Invited> = {},
): Promise<Invited> {
  const asked = parseInput(input, given);
  const { actor } = ctx;
  await assertManages(ctx, ctx.db.fresh, asked.accountId);
  if (actor.kind === 'customer') {
    const { secret } = ctx.config;
    const limits = [
      limitOn(secret, 'invitations', actor.id),
      limitOn(secret, 'invitations_to', mailboxOf(asked.email)),
    ];
    assertWithin(await countTries(ctx.db, limits, ctx.now()));
  }
  const invited = await note(ctx, asked.accountId, async (seen) => {
    const { account, members } = await assertManages(seen, seen.db.fresh, asked.accountId);
    if (members.some((one) => one.email === asked.email && one.accountId === account.id))
      throw new AppError('already_member', 'This person belongs to the account already.');
    const inviting = members.find(({ customerId }) => actor.kind === 'customer' && customerId === actor.id);
    const { email, language, mayRedeem } = asked;
    const named = inviting?.name ?? null;
    const from = named === null || looksLikeLink(named) ? null : named;
    const written = writeInvitation(ctx, { email, language, account, mayRedeem, from });
    const { id } = written.invited;
    return {
      kind: 'person_invited',
      detail: { invitationId: id, mayRedeem },
      statements: [
        ...written.statements,
        ...(actor.kind === 'customer'
          ? []
          : [
              recordAct(ctx, {
                act: 'person.invited',
                subjectKind: 'account',
                subjectId: account.id,
                detail: { invitationId: id },
              }),
            ]),
        ...(options.alongside?.(written.invited, 201) ?? []),
      ],
      result: written.invited,
    };
  });
  ctx.wakeMail('now');
  return invited;
}
