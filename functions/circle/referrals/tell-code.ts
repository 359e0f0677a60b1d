import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import type { ReferralAnswer } from './answer.ts';
import { findReferralOfFriend } from './find-referral-of-friend.ts';
import { openFriend } from './open-friend.ts';
import { findCodeOwner } from './queries.ts';
import type { TellCodeInput } from './schema.ts';
import { type StartedReferral, startReferral } from './start-referral.ts';
import type { ReferralReason, ReferralState } from './state.ts';

/**
 * Takes a code that a customer said at the till; somebody unknown becomes an unclaimed customer. The same code told again
 * answers the same referral.
 * @throws {AppError} `not_found` (no such code), `referral_off`, `referral_own_code`, `already_referred`,
 * `validation_failed` (told before there was the code, or more than 14 days ago)
 */
export async function tellCode(
  ctx: Context,
  { code: typed, customer, toldAt }: TellCodeInput,
  options: Alongside<ReferralAnswer> = {},
): Promise<{ status: 200 | 201; answer: ReferralAnswer }> {
  allow(ctx.actor, 'customers:write');
  const db = ctx.db.fresh;
  const code = normalCode(typed);
  const owner = await findCodeOwner(db, { code });
  if (owner === null) throw new AppError('not_found', 'There is no such code.');
  const customerId = await openFriend(ctx, customer);
  const known = await findReferralOfFriend(db, { friendId: customerId });
  if (known?.code === code) {
    const answer = toReferralAnswer(known, []);
    const kept = options.alongside?.(answer, 200) ?? [];
    if (kept.length > 0) await ctx.db.write(kept);
    return { status: 200, answer };
  }
  if (toldAt !== undefined) assertTold(toldAt, { madeAt: owner.madeAt, now: ctx.now() });
  const answerOf = (started: StartedReferral) =>
    toReferralAnswer({ ...started, code, ...minorOf(started) }, []);
  const started = await startReferral(ctx, {
    code,
    customerId,
    via: 'till',
    ...(toldAt === undefined ? {} : { toldAt }),
    alongside: (one) => options.alongside?.(answerOf(one), 201) ?? [],
  });
  return { status: 201, answer: answerOf({ ...started, state: 'invited' }) };
}

/** How much later than the customer said it a till may tell of a code. */
const TOLD_DAYS_MAX = 14;

function assertTold(toldAt: number, { madeAt, now }: { madeAt: number; now: number }): void {
  const message =
    toldAt < madeAt
      ? 'lies before the code was made'
      : toldAt < now - TOLD_DAYS_MAX * DAY_MS
        ? `lies more than ${TOLD_DAYS_MAX} days back`
        : null;
  if (message === null) return;
  throw wrongField('toldAt', 'invalid_value', message);
}

const minorOf = ({ own, friend, minimum }: StartedReferral) => ({
  ownMinor: own,
  friendMinor: friend,
  minimumMinor: minimum,
});

export function toReferralAnswer(
  row: {
    id: string;
    code: string;
    referrerId: string;
    friendId: string;
    toldAt: number;
    state: ReferralState;
    ownMinor: bigint;
    friendMinor: bigint;
    minimumMinor: bigint;
    currency: string;
    waitingDays: number;
  },
  reasons: readonly ReferralReason[],
): ReferralAnswer {
  const money = (minor: bigint) => toMoneyJson(minor, row.currency);
  return {
    id: row.id,
    code: row.code,
    referrerId: row.referrerId,
    customerId: row.friendId,
    toldAt: instantText(row.toldAt),
    state: row.state,
    reasons: [...reasons],
    rewards: { referrer: money(row.ownMinor), customer: money(row.friendMinor) },
    minimum: money(row.minimumMinor),
    waitingDays: row.waitingDays,
  };
}
