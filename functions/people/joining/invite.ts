import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { joinInvitations } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { email } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { newChallenge } from '../sign-in/challenge.ts';

/** How long an invitation stays open. */
const INVITATION_MS = 14 * DAY_MS;

const input = z.strictObject({ email, language: z.string().max(35).nullable().default(null) });

const insertInvitation = insertInto(joinInvitations);

/** An invitation that was sent; its link is in the mail alone. */
export interface Invited {
  id: string;
  email: string;
  expiresAt: number;
}

/**
 * Staff invite somebody to join, whatever the policy; an older open invitation of that address ends. Whether they are a
 * customer already is not told.
 * @throws {AppError} `forbidden`, `scope_missing`, `validation_failed`
 */
export async function invite(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<Invited> = {},
): Promise<Invited> {
  allow(ctx.actor, 'customers:write');
  const { invited, decision } = planInvitation(ctx, {
    ...parseInput(input, typed),
    account: null,
    mayRedeem: false,
    from: null,
  });
  const { id } = invited;
  await writeDecision(ctx, {
    ...decision,
    audit: { kind: 'invitation.sent', subjectKind: 'invitation', subjectId: id },
    beside: options.alongside?.(invited, 201) ?? [],
  });
  ctx.wakeMail('now');
  return invited;
}

/** An invitation with its mail, and the end of those it follows. */
export function planInvitation(
  ctx: Pick<Context, 'actor' | 'now'>,
  terms: {
    email: string;
    language: string | null;
    account: { id: string; name: string } | null;
    mayRedeem: boolean;
    /** What the inviting person is called; null when the business invites. */
    from: string | null;
  },
): { invited: Invited; decision: Pick<Decision, 'rows' | 'letters'> } {
  const { email, language, account, mayRedeem, from } = terms;
  const now = ctx.now();
  const expiresAt = now + INVITATION_MS;
  const challenge = newChallenge({
    purpose: 'invitation',
    email,
    browserToken: null,
    now,
    lives_ms: INVITATION_MS,
  });
  const { id } = challenge;
  const accountId = account?.id ?? null;
  const params = { challengeId: id, accountName: account?.name ?? null, from, expiresAt };
  return {
    invited: { id, email, expiresAt },
    decision: {
      rows: [
        ...endReplaced(ctx, { email, accountId }),
        insertInvitation({
          id,
          email,
          accountId,
          mayRedeem,
          language,
          createdAt: now,
          createdBy: actorName(ctx.actor),
          expiresAt,
        }),
        challenge.statement,
      ],
      letters: [{ template: 'invitation', params, address: email, language }],
    },
  };
}

function endReplaced(
  ctx: Pick<Context, 'actor' | 'now'>,
  { email, accountId }: { email: string; accountId: string | null },
): Statement[] {
  const now = ctx.now();
  return [
    statement(
      `INSERT INTO join_invitation_ends (invitation_id, how, at, actor) SELECT id, 'withdrawn', ?, ?
       FROM join_invitations WHERE email = ? AND account_id IS ? AND expires_at > ?
       AND id NOT IN (SELECT invitation_id FROM join_invitation_ends)`,
      now,
      actorName(ctx.actor),
      email,
      accountId,
      now,
    ),
    statement(
      `UPDATE sign_in_challenges SET consumed_at = ? WHERE consumed_at IS NULL AND id IN (SELECT id
       FROM join_invitations JOIN join_invitation_ends ON invitation_id = id WHERE email = ? AND account_id IS ?)`,
      now,
      email,
      accountId,
    ),
  ];
}
