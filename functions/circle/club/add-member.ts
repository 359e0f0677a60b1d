import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { isDay, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { knownEmail } from '../../ground/platform/email.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { MemberAnswer } from './answer.ts';
import { findNamed } from './find-account.ts';
import { admit, changeMembership, startOfToday } from './membership.ts';

export interface AddMemberInput {
  email: string;
  accountId: string | null;
  /** The first day that counts, business time; null for today. Orders placed from then on are counted again. */
  since: string | null;
}

/**
 * Lets an account into the club without an invitation, by staff or a key.
 * @throws {AppError} `not_found`, `account_required`, `club_member_already`, `validation_failed`
 */
export async function addMember(
  ctx: Context,
  { email, accountId, since }: AddMemberInput,
  options: Alongside<MemberAnswer> = {},
): Promise<MemberAnswer> {
  allow(ctx.actor, 'customers:write');
  const from = since === null ? await startOfToday(ctx) : await startOf(ctx, since);
  refuseFields([
    ...(knownEmail(email) === null
      ? [{ path: 'email', code: 'invalid_email', message: 'has to be an email address' }]
      : []),
    ...(from <= ctx.now()
      ? []
      : [{ path: 'since', code: 'in_the_future', message: 'has to be a day up to today' }]),
  ]);
  const named = await findNamed({ db: ctx.db.fresh }, { email, accountId });
  return changeMembership(ctx, named.accountId, (state) => {
    const admission = {
      accountId: named.accountId,
      customerId: named.isClaimed ? named.customerId : null,
      how: 'staff' as const,
      causeId: null,
      since: from,
    };
    const { id, ...admitted } = admit(ctx, state, admission);
    const answer: MemberAnswer = {
      accountId: named.accountId,
      since: instantText(from),
      until: null,
      how: 'staff',
    };
    return {
      history: { kind: 'club_joined', detail: { membership: id, how: 'staff', since: from } },
      audit: {
        kind: 'club.member-added',
        subjectKind: 'account',
        subjectId: named.accountId,
        detail: { membership: id, since: from },
      },
      ...admitted,
      beside: options.alongside?.(answer, 201) ?? [],
      result: answer,
    };
  });
}

/** The beginning of a day; what is no day never begins. */
async function startOf(ctx: Context, day: string): Promise<number> {
  const { timeZone } = await getBusiness(ctx);
  return isDay(day) ? startOfDay(day, timeZone) : Number.POSITIVE_INFINITY;
}
