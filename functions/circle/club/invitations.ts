import type { Decision } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import type { AnsweredDecision } from '../../money/accounts/write-history.ts';
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
  input: { email: string; accountId: string | null },
): Promise<{ id: string }> {
  allow(ctx.actor, 'customers:write');
  const { customerId, accountId } = await findNamed({ db: ctx.db.fresh }, input);
  const invited = await decideOnClub(ctx, accountId, ({ current, invitations }) => {
    if (current !== null) throw new AppError('club_member_already', 'The account is in the club already.');
    if (invitations.some(({ answer }) => answer === null))
      throw new AppError('club_invited_already', 'The account has an invitation already.');
    const { id, ...invitation } = inviteAccount(ctx, { accountId, customerId, how: 'staff' });
    return {
      history: { kind: 'club_invited', detail: { invitation: id, how: 'staff' } },
      audit: {
        kind: 'club.invited',
        subjectKind: 'account',
        subjectId: accountId,
        detail: { invitation: id },
      },
      ...invitation,
      result: { id },
    };
  });
  ctx.wakeMail('soon');
  return invited;
}

/** An invitation and its mail. */
export function inviteAccount(
  ctx: Context,
  { accountId, customerId, how }: { accountId: string; customerId: string; how: 'staff' | 'spend' },
): { id: string } & Pick<Decision, 'rows' | 'letters'> {
  const id = newId();
  const at = ctx.now();
  const row = insertInvitation({ id, accountId, customerId, how, at, actor: actorName(ctx.actor) });
  const params = { isBySpend: how === 'spend', rootId: accountId };
  return { id, rows: [row], letters: [{ template: 'club_invitation', params, customerId }] };
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
  await decide(ctx, rootId, (state): AnsweredDecision<void> => {
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
      return { history: { kind: 'club_invitation_declined', detail }, rows: [answer], result: undefined };
    }
    const customerId = ctx.actor.kind === 'customer' ? ctx.actor.id : null;
    const admission = { accountId: rootId, customerId, how: how(open.how), causeId: invitationId, since };
    const { id, rows, letters } = admit(ctx, state, admission);
    return {
      history: { kind: 'club_joined', detail: { membership: id, how: admission.how, since } },
      rows: [answer, ...rows],
      letters,
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
    return {
      history: { kind: 'club_invitation_withdrawn', detail: { invitation: id } },
      rows: [
        insertInvitationAnswer({
          invitationId: id,
          answer: 'withdrawn',
          at: ctx.now(),
          actor: actorName(ctx.actor),
        }),
      ],
      audit: {
        kind: 'club.invitation-withdrawn',
        subjectKind: 'account',
        subjectId: kept.accountId,
        detail: { invitation: id },
      },
      result: undefined,
    };
  });
}
