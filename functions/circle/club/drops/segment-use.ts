import { statement } from '../../../../db/query.ts';
import type { AudienceUseOf } from '../../../money/programme/audiences.ts';

/** A drop that is not over and is for members in a segment alone keeps it. */
export const dropUse: AudienceUseOf = async ({ db, now }, segmentId) => {
  const rows = await db.fresh.read(
    statement(
      `SELECT 1 FROM drops WHERE segment_id = ? AND closes_at > ? AND id NOT IN (SELECT drop_id FROM drop_closings) LIMIT 1`,
      segmentId,
      now(),
    ),
  );
  return rows.length === 0 ? null : 'A drop is for its members.';
};
