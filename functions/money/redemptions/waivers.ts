import type { Context } from '../../ground/platform/context.ts';

/** That an account need not reach a voucher's or an order's minimum, by whom, until when and why. */
export interface Waived {
  /** The club's benefit to its members, or staff for this account alone. */
  by: 'club' | 'staff';
  /** The waiver, of what staff said. */
  id: string | null;
  /** Who said so, of what staff said: an actor's name. */
  who: string | null;
  /** The first moment without it; null where no end is set. */
  until: number | null;
  /** Why, or by language what the benefit is called. */
  reason: string | Readonly<Record<string, string>>;
}

/** Which of some root accounts another room lets off a minimum now. */
export type Waiver = (ctx: Context, accountIds: readonly string[]) => Promise<ReadonlyMap<string, Waived>>;

declare module '../../ground/room.ts' {
  interface Room {
    waivers?: readonly Waiver[];
  }
  interface House {
    waivers: readonly Waiver[];
  }
}

/** By root account, what lets it off a minimum now; what staff said for it alone before what the club says. */
export async function findWaived(
  ctx: Context,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Waived>> {
  if (accountIds.length === 0) return new Map();
  const found = await Promise.all(ctx.house.waivers.map((waiver) => waiver(ctx, accountIds)));
  return new Map(found.toReversed().flatMap((one) => [...one]));
}

/** Whether an account need not reach a voucher's minimum. */
export async function isMinimumWaived(ctx: Context, { id }: { id: string }): Promise<boolean> {
  return (await findWaived(ctx, [id])).has(id);
}
