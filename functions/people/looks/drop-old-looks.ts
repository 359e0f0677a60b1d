import { statement } from '../../../db/query.ts';
import type { RetentionSlice } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Forgets looks of long ago. */
export async function dropOldLooks({ db }: Context, { before, limit }: RetentionSlice): Promise<number> {
  const [gone = []] = await db.write([
    statement(
      'DELETE FROM customer_looks WHERE id IN (SELECT id FROM customer_looks WHERE at < ? ORDER BY at, id LIMIT ?) RETURNING 1',
      before,
      limit,
    ),
  ]);
  return gone.length;
}
