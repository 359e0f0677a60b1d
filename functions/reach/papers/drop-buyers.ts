import { statement } from '../../../db/query.ts';
import type { RetentionSlice } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';
import { firstIdAt } from '../../ground/platform/ids.ts';

/** Forgets who bought on papers of long ago; what was sold for how much stays. */
export async function dropOldBuyers({ db }: Context, { before, limit }: RetentionSlice): Promise<number> {
  const [gone = []] = await db.write([
    statement(
      `UPDATE paper_holders SET buyer = NULL WHERE paper_id IN (
         SELECT paper_id FROM paper_holders INDEXED BY paper_holders_told
         WHERE buyer IS NOT NULL AND paper_id < ? ORDER BY paper_id LIMIT ?) RETURNING 1`,
      firstIdAt(before),
      limit,
    ),
  ]);
  return gone.length;
}
