import { insertInto } from '../../db/query.ts';
import { referralCodes } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { newCode } from '../platform/ids.ts';
import { findOwnCode } from './queries.ts';

const insertCode = insertInto(referralCodes);
/** 30^8 codes: two in a row that are taken are as good as impossible. */
const TRIES = 5;

/** The code by which a customer recommends us; made when it is asked for first, and the same from then on. */
export async function openOwnCode(ctx: Context, customerId: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const kept = await findOwnCode(ctx.db.fresh, { customerId });
    if (kept !== null) return kept.code;
    const code = newCode(2);
    try {
      await ctx.db.write([insertCode({ customerId, code, at: ctx.now() })]);
      return code;
    } catch (error) {
      if (!isConflictOn(error, 'referral_codes') || tries === TRIES) throw error;
    }
  }
}
