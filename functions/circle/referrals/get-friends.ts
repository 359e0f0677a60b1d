import { firstNameOf } from '../../ground/identity/first-name.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import { openOwnCode } from './own-code.ts';
import { findOwnCode, type StepRow } from './queries.ts';
import { findCameBy, listOwnReferrals, listOwnSteps, listStepsOfFriend } from './shown.ts';
import { appealableSeq, lastDecision, openReasons } from './state.ts';
import { promiseOf, type ReferralPromise } from './terms.ts';
import type { CameBy, FriendsPage, FriendView, PromiseView } from './types.ts';

/** The signed-in customer's page about recommending: the code, what it is worth, and how each referral stands. */
export async function getFriends(ctx: Context): Promise<FriendsPage> {
  const { db } = ctx;
  const customerId = customerIdOf(ctx);
  const [business, own, rows, steps, came, cameSteps] = await Promise.all([
    getBusiness(ctx),
    findOwnCode(db, { customerId }),
    listOwnReferrals(db, { customerId }),
    listOwnSteps(db, { customerId }),
    findCameBy(db, { customerId }),
    listStepsOfFriend(db, { customerId }),
  ]);
  const promise = promiseOf(business);
  const code = promise === null ? null : (own?.code ?? (await openOwnCode(ctx, customerId)));
  const stepsOf = Map.groupBy(steps, ({ referralId }) => referralId);
  const paid = rows.reduce((sum, { state, ownMinor }) => (state === 'rewarded' ? sum + ownMinor : sum), 0n);
  const currency = rows[0]?.currency ?? promise?.currency;
  return {
    promise: promise === null ? null : promiseView(promise),
    code,
    earned: currency === undefined ? null : { minor: paid, currency },
    friends: rows.map((row) => friendView(row, stepsOf.get(row.id) ?? [])),
    cameBy: came === null ? null : cameByView(came, cameSteps),
  };
}

export function promiseView({ own, friend, minimum, waitingDays, currency }: ReferralPromise): PromiseView {
  const amount = (minor: bigint): Amount => ({ minor, currency });
  return {
    own: amount(own),
    friend: amount(friend),
    minimum: minimum > 0n ? amount(minimum) : null,
    waitingDays,
  };
}

function friendView(
  row: Awaited<ReturnType<typeof listOwnReferrals>>[number],
  steps: readonly StepRow[],
): FriendView {
  const { state } = row;
  const against = appealableSeq(state, steps);
  const isSent = steps.some((step) => step.kind === 'appealed' && step.against === against);
  return {
    id: row.id,
    name: isNamed(steps) ? shownFirstName(row.friendName) : null,
    since: row.friendClaimedAt === null ? row.toldAt : Math.max(row.friendClaimedAt, row.toldAt),
    state,
    reasons: state === 'held' ? openReasons(steps) : [],
    declinedFor: state === 'declined' ? (lastDecision(steps)?.text ?? null) : null,
    appeal: against === null ? null : isSent ? 'sent' : 'possible',
    own: { minor: row.ownMinor, currency: row.currency },
  };
}

function cameByView(
  came: NonNullable<Awaited<ReturnType<typeof findCameBy>>>,
  steps: readonly StepRow[],
): CameBy {
  const { id, state, currency } = came;
  return {
    id,
    name: shownFirstName(came.referrerName),
    state,
    friend: { minor: came.friendMinor, currency },
    minimum: came.minimumMinor > 0n ? { minor: came.minimumMinor, currency } : null,
    isNamed: isNamed(steps),
  };
}

/** Whether the friend lets the referrer see their first name; their last word counts. */
export function isNamed(steps: readonly Pick<StepRow, 'kind'>[]): boolean {
  return steps.findLast(({ kind }) => kind === 'named' || kind === 'unnamed')?.kind === 'named';
}

/** Null for who has no name. */
export const shownFirstName = (name: string | null): string | null => firstNameOf(name ?? '') || null;
