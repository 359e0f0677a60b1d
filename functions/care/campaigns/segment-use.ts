import { statement } from '../../../db/query.ts';
import type { AudienceUseOf } from '../../money/programme/audiences.ts';

/** A campaign that is yet to go to a segment, or on its way, keeps it. */
export const campaignUse: AudienceUseOf = async ({ db }, segmentId) => {
  const rows = await db.fresh.read(
    statement(
      "SELECT 1 FROM campaigns WHERE segment_id = ? AND (state = 'scheduled' OR (state = 'sending' AND drawn_at IS NULL)) LIMIT 1",
      segmentId,
    ),
  );
  return rows.length === 0 ? null : 'A campaign goes to it.';
};
