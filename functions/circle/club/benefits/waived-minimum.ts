import { clubSpansOf } from '../../../money/accounts/root.ts';
import type { Waiver } from '../../../money/redemptions/waivers.ts';
import { isInClub } from '../../../money/rewards/count.ts';
import { findWaiver } from './queries.ts';

/** The club may let its members off a voucher's minimum. */
export const waivedByClub: Waiver = async (ctx, { clubSpans }) => {
  const now = ctx.now();
  if (!isInClub(clubSpansOf(clubSpans), now)) return false;
  return (await findWaiver(ctx.db.fresh, { now })).length > 0;
};
