import type { standardChannels, standardKinds } from '../../../db/kinds.ts';
import { addBusinessHours, parseWeek } from '../../ground/platform/business-hours.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { businessHours, policyOf } from '../../money/business/policies.ts';
import { replyHours } from './policies.ts';

export type StandardKind = (typeof standardKinds)[number];
export type StandardChannel = (typeof standardChannels)[number];

/** Who waits for an answer, for what, and how it came. */
export interface Waiter {
  kind: StandardKind;
  /** What no standard can name, such as an import, is met by those for any. */
  channel: string;
  rootId: string | null;
}

/** Within how many business hours another room wants each answered, and since when it does; null where it says nothing. */
export type ReplyStandard = (
  ctx: Context,
  waiters: readonly Waiter[],
) => Promise<readonly ({ hours: number; at: number } | null)[]>;

declare module '../../ground/room.ts' {
  interface Room {
    replyStandard?: ReplyStandard;
  }
  interface House {
    /** The first that says something counts; where none does, `replyHours`. */
    replyStandards: readonly ReplyStandard[];
  }
}

/** Until when somebody who begins to wait at an instant is answered. */
export type ReplyClock = (from: number) => number;

/** The one clock of answers: for each who waits, by the standard for them and the hours of the business. */
export async function findReplyClocks(
  ctx: Context,
  waiters: readonly Waiter[],
): Promise<readonly ReplyClock[]> {
  return (await findTerms(ctx, waiters)).map(({ clock }) => clock);
}

/** As {@link findReplyClocks}, for one. */
export async function findReplyClock(ctx: Context, waiter: Waiter): Promise<ReplyClock> {
  const [clock] = await findReplyClocks(ctx, [waiter]);
  return clock ?? ((from) => from);
}

/** Until when somebody is answered, and whether a standard says so: else it is `replyHours`. */
export interface ReplyDue {
  at: number;
  isByStandard: boolean;
}

/** Until when somebody who waits since an instant is answered; null where the standard for them was set only since. */
export async function findReplyDue(ctx: Context, waiter: Waiter, from: number): Promise<ReplyDue | null> {
  const [terms] = await findTerms(ctx, [waiter]);
  if (terms === undefined || from < terms.heldSince) return null;
  return { at: terms.clock(from), isByStandard: terms.isByStandard };
}

/** The clock for each who waits, and since when the standard that it goes by holds. */
async function findTerms(
  ctx: Context,
  waiters: readonly Waiter[],
): Promise<readonly { clock: ReplyClock; heldSince: number; isByStandard: boolean }[]> {
  const [business, ...said] = await Promise.all([
    getBusiness(ctx),
    ...ctx.house.replyStandards.map((standard) => standard(ctx, waiters)),
  ]);
  return waiters.map((_, index) => {
    const standard = said.map((of) => of[index] ?? null).find((each) => each !== null);
    const hours = standard?.hours ?? policyOf(business, replyHours);
    return {
      clock: (from) => replyDue(business, from, hours),
      heldSince: standard?.at ?? 0,
      isByStandard: standard !== undefined,
    };
  });
}

function replyDue(business: Business, from: number, hours: number): number {
  const week = parseWeek(policyOf(business, businessHours)) ?? [];
  return addBusinessHours(from, hours, { week, timeZone: business.timeZone });
}
