import type { Context } from '../../ground/platform/context.ts';
import type { Root } from '../accounts/root.ts';

/** Whether another room lets an account off a voucher's minimum now. */
export type Waiver = (ctx: Context, root: Root) => Promise<boolean>;

declare module '../../ground/room.ts' {
  interface Room {
    waivers?: readonly Waiver[];
  }
  interface House {
    waivers: readonly Waiver[];
  }
}

/** Whether an account need not reach a voucher's minimum. */
export async function isMinimumWaived(ctx: Context, root: Root): Promise<boolean> {
  for (const isWaived of ctx.house.waivers) if (await isWaived(ctx, root)) return true;
  return false;
}
