import type { Decision } from '../../ground/decision/decision.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Somebody who is let in. */
export interface Newcomer {
  /** The code that came along with their joining. */
  code: string | null;
  customerId: string;
  /** Their own account, which the same batch may make; null for a member of others' alone. */
  accountId: string | null;
  /** When they asked to join. */
  toldAt: number;
}

/** What another room does about a newcomer. */
export interface NewcomerCare {
  /** What it decides in the write that lets them in. */
  plan: (ctx: Context, newcomer: Newcomer) => Promise<Decision>;
  /** Goes on once they are in; what fails here keeps nobody out. */
  follow: (ctx: Context, customerId: string) => Promise<void>;
}

declare module '../../ground/room.ts' {
  interface Room {
    newcomers?: NewcomerCare;
  }
  interface House {
    newcomers: readonly NewcomerCare[];
  }
}

/** What all rooms decide about a newcomer. */
export async function planNewcomer(ctx: Context, newcomer: Newcomer): Promise<Decision> {
  const plans = await Promise.all(ctx.house.newcomers.map((care) => care.plan(ctx, newcomer)));
  return { also: plans };
}

/** What all rooms do once a newcomer is in. */
export async function followNewcomer(ctx: Context, customerId: string): Promise<void> {
  for (const care of ctx.house.newcomers) await care.follow(ctx, customerId);
}
