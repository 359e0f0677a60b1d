import type { Waiver } from '../redemptions/waivers.ts';
import { listRunningOf } from './queries.ts';

/** Accounts that staff let off a minimum, one by one. */
export const waivedByStaff: Waiver = async (ctx, accountIds) => {
  const rows = await listRunningOf(ctx.db.fresh, { ids: JSON.stringify(accountIds), now: ctx.now() });
  return new Map(
    rows.map(({ id, accountId, by, until, reason }) => [
      accountId,
      { id, by: 'staff', who: by, until, reason },
    ]),
  );
};
