import { recordAct } from '../audit/record-act.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { findNamed } from './find-account.ts';
import { admit, changeMembership, decideOnClub, startOfToday } from './membership.ts';
import { actingFor } from './own-account.ts';
import { findInvitation } from './queries.ts';
import { insertInvitation, insertInvitationAnswer } from './statements.ts';

/**
 * Invites an account into the club, by mail to the customer named.
 * @throws {AppError} `not_found`, `account_required`, `club_member_already`, `club_invited_already`
 */
export async function inviteToClub(
  ctx: Context,
  asked: { email: string; accountId: string | null },
): Promise<{ id: string }> {
  allow(ctx.actor, 'customers:write');
  const { customerId, accountId } = await findNamed({ db: ctx.db.fresh }, asked);
  const invited = await decideOnClub(ctx, accountId, ({ current, invitations }) => {
    if (current !== null) throw new AppError('club_member_already', 'The account is in the club already.');
    if (invitations.some(({ answer }) => answer === null))
      throw new AppError('club_invited_already', 'The account has an invitation already.');
    const { id, statements } = invitation(ctx, { accountId, customerId, how: 'staff' });
    const act = {
      act: 'club.invited',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { invitation: id },
    };
    return {
      kind: 'club_invited',
      detail: { invitation: id, how: 'staff' },
      statements: [...statements, recordAct(ctx, act)],
      result: { id },
    };
  });
  ctx.wakeMail('soon');
  return invited;
}

/** The rows of an invitation: itself and its mail. */
export function invitation(
  ctx: Context,
  { accountId, customerId, how }: { accountId: string; customerId: string; how: 'staff' | 'spend' },
) {
  const id = newId();
  const at = ctx.now();
  const row = insertInvitation({ id, accountId, customerId, how, at, actor: actorName(ctx.actor) });
  const params = { isBySpend: how === 'spend' };
  return {
    id,
    statements: [row, queueMail({ template: 'club_invitation', params, customerId, language: null, at })],
  };
}

/**
 * Takes an invitation, or declines it. Taking one that was taken changes nothing.
 * @throws {AppError} `not_found`, `club_decided_already`, `club_member_already`, `forbidden`
 */
export async function answerInvitation(
  ctx: Context,
  { accountId, invitationId, accepts }: { accountId: string | null; invitationId: string; accepts: boolean },
): Promise<void> {
  const { rootId } = await actingFor(ctx, accountId);
  const since = await startOfToday(ctx);
  const decide = accepts ? changeMembership : decideOnClub;
  await decide(ctx, rootId, (state) => {
    const open = state.invitations.find(({ id }) => id === invitationId);
    if (open === undefined) throw new AppError('not_found', 'There is no such invitation.');
    if (open.answer !== null) throw new AppError('club_decided_already', 'The invitation has been answered.');
    const answer = insertInvitationAnswer({
      invitationId,
      answer: accepts ? 'accepted' : 'declined',
      at: ctx.now(),
      actor: actorName(ctx.actor),
    });
    if (!accepts) {
      const detail = { invitation: invitationId };
      return { kind: 'club_invitation_declined', detail, statements: [answer], result: undefined };
    }
    const customerId = ctx.actor.kind === 'customer' ? ctx.actor.id : null;
    const admission = { accountId: rootId, customerId, how: how(open.how), causeId: invitationId, since };
    const { id, statements } = admit(ctx, state, admission);
    return {
      kind: 'club_joined',
      detail: { membership: id, how: admission.how, since },
      statements: [answer, ...statements],
      result: undefined,
    };
  });
}

const how = (invited: 'staff' | 'spend') =>
  invited === 'spend' ? ('spend' as const) : ('invitation' as const);

/** Takes an invitation back that nobody has answered. @throws {AppError} `not_found`, `club_decided_already` */
export async function withdrawInvitation(ctx: Context, { id }: { id: string }): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const [kept] = await findInvitation(ctx.db.fresh, { id });
  if (kept === undefined) throw new AppError('not_found', 'There is no such invitation.');
  await decideOnClub(ctx, kept.accountId, ({ invitations }) => {
    if (invitations.find((one) => one.id === id)?.answer !== null)
      throw new AppError('club_decided_already', 'The invitation has been answered.');
    const act = { act: 'club.invitation-withdrawn', subjectKind: 'account', subjectId: kept.accountId };
    return {
      kind: 'club_invitation_withdrawn',
      detail: { invitation: id },
      statements: [
        insertInvitationAnswer({
          invitationId: id,
          answer: 'withdrawn',
          at: ctx.now(),
          actor: actorName(ctx.actor),
        }),
        recordAct(ctx, { ...act, detail: { invitation: id } }),
      ],
      result: undefined,
    };
  });
}
