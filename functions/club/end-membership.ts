import { recordAct } from '../audit/record-act.ts';
import { getBusiness } from '../business/business.ts';
import { allow } from '../platform/allow.ts';
import type { Alongside } from '../platform/alongside.ts';
import { instantText } from '../platform/answer.ts';
import { startOfDay } from '../platform/business-time.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { MemberAnswer } from './answer.ts';
import { changeMembership } from './membership.ts';
import { actingFor } from './own-account.ts';
import type { MembershipRow } from './queries.ts';
import { insertEnding } from './statements.ts';

type Reason = 'left' | 'ended' | 'withdrawn';

/** Leaves the club, at once and without a question. @throws {AppError} `club_not_a_member`, `not_found`, `forbidden` */
export async function leaveClub(ctx: Context, { accountId }: { accountId: string | null }): Promise<void> {
  const { rootId } = await actingFor(ctx, accountId);
  await end(ctx, { accountId: rootId, reason: 'left', untilOf: () => ctx.now() }, {});
}

export interface EndMembershipInput {
  accountId: string;
  /** The first day that no longer counts, business time; null for this moment. */
  until: string | null;
  /** It was a mistake from the start: nothing ever counted in it. */
  isWithdrawn: boolean;
}

/**
 * Ends a membership, also as of an earlier day: orders placed since are counted again without it.
 * @throws {AppError} `club_not_a_member`, `not_found`, `validation_failed`
 */
export async function endMembership(
  ctx: Context,
  { accountId, until, isWithdrawn }: EndMembershipInput,
  options: Alongside<MemberAnswer> = {},
): Promise<MemberAnswer> {
  allow(ctx.actor, 'customers:write');
  const { timeZone } = await getBusiness(ctx);
  const moment = until === null ? ctx.now() : startOfDay(until, timeZone);
  if (moment > ctx.now()) refuse('lies in the future');
  const untilOf = ({ since }: MembershipRow) => {
    if (isWithdrawn) return since;
    if (moment < since) refuse('lies before the membership');
    return moment;
  };
  return end(ctx, { accountId, reason: isWithdrawn ? 'withdrawn' : 'ended', untilOf }, options);
}

function end(
  ctx: Context,
  asked: { accountId: string; reason: Reason; untilOf: (current: MembershipRow) => number },
  options: Alongside<MemberAnswer>,
): Promise<MemberAnswer> {
  const { accountId, reason } = asked;
  return changeMembership(ctx, accountId, ({ current }) => {
    if (current === null) throw new AppError('club_not_a_member', 'The account is not in the club.');
    const until = asked.untilOf(current);
    const answer: MemberAnswer = {
      accountId,
      since: instantText(current.since),
      until: instantText(until),
      how: current.how,
    };
    const { id } = current;
    const act = { act: 'club.member-ended', subjectKind: 'account', subjectId: accountId };
    return {
      kind: 'club_left',
      detail: { membership: id, reason, until },
      statements: [
        insertEnding({
          membershipId: id,
          accountId,
          until,
          reason,
          at: ctx.now(),
          actor: actorName(ctx.actor),
        }),
        ...(ctx.actor.kind === 'customer'
          ? []
          : [recordAct(ctx, { ...act, detail: { membership: id, reason, until } })]),
        ...(options.alongside?.(answer, 201) ?? []),
      ],
      result: answer,
    };
  });
}

function refuse(message: string): never {
  throw new AppError('validation_failed', `until ${message}.`, {
    errors: [{ path: 'until', code: 'invalid_value', message }],
  });
}
