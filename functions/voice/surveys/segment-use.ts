import { statement } from '../../../db/query.ts';
import type { AudienceUseOf } from '../../money/programme/audiences.ts';

/** A survey that is on its way to a segment keeps it. */
export const sendingUse: AudienceUseOf = async ({ db }, segmentId) => {
  const rows = await db.fresh.read(
    statement(
      'SELECT 1 FROM survey_sendings WHERE segment_id = ? AND finished_at IS NULL LIMIT 1',
      segmentId,
    ),
  );
  return rows.length === 0 ? null : 'A survey is on its way to it.';
};
