import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { startOfDay } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
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
  if (moment > ctx.now()) throw wrongField('until', 'invalid_value', 'lies in the future');
  const untilOf = ({ since }: MembershipRow) => {
    if (isWithdrawn) return since;
    if (moment < since) throw wrongField('until', 'invalid_value', 'lies before the membership');
    return moment;
  };
  return end(ctx, { accountId, reason: isWithdrawn ? 'withdrawn' : 'ended', untilOf }, options);
}

function end(
  ctx: Context,
  ending: { accountId: string; reason: Reason; untilOf: (current: MembershipRow) => number },
  options: Alongside<MemberAnswer>,
): Promise<MemberAnswer> {
  const { accountId, reason } = ending;
  return changeMembership(ctx, accountId, ({ current }) => {
    if (current === null) throw new AppError('club_not_a_member', 'The account is not in the club.');
    const until = ending.untilOf(current);
    const answer: MemberAnswer = {
      accountId,
      since: instantText(current.since),
      until: instantText(until),
      how: current.how,
    };
    const { id } = current;
    const detail = { membership: id, reason, until };
    const by = { at: ctx.now(), actor: actorName(ctx.actor) };
    return {
      history: { kind: 'club_left', detail },
      rows: [insertEnding({ membershipId: id, accountId, until, reason, ...by })],
      audit:
        ctx.actor.kind === 'customer'
          ? null
          : { kind: 'club.member-ended', subjectKind: 'account', subjectId: accountId, detail },
      beside: options.alongside?.(answer, 201) ?? [],
      result: answer,
    };
  });
}
