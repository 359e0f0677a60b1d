import { statement } from '../../../db/query.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

/** What was written to the signed-in customer up to now is read. A database that only reads still shows it. */
export async function seeInbox(ctx: Context): Promise<void> {
  try {
    await ctx.db.write([
      statement('UPDATE customers SET inbox_seen_at = ? WHERE id = ?', ctx.now(), customerIdOf(ctx)),
    ]);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    ctx.log.warn('What was read was not written down: {code}', { code: error.code });
  }
}
