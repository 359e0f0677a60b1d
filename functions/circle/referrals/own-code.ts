import { insertInto } from '../../../db/query.ts';
import { referralCodes } from '../../../db/schema/index.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newCode } from '../../ground/platform/ids.ts';
import { findOwnCode } from './queries.ts';

const insertCode = insertInto(referralCodes);

/** The code by which a customer recommends us; made when it is asked for first, and the same from then on. */
export async function openOwnCode(ctx: Context, customerId: string): Promise<string> {
  // A code is drawn by chance, one of 30^8: one that is taken is drawn again.
  const contention = { subject: 'list of codes', conflicts: ['referral_codes'] };
  return retrying(ctx, contention, async () => {
    const kept = await findOwnCode(ctx.db.fresh, { customerId });
    if (kept !== null) return kept.code;
    const code = newCode(2);
    await ctx.db.write([insertCode({ customerId, code, at: ctx.now() })]);
    return code;
  });
}
