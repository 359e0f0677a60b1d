import { statement } from '../../../db/query.ts';
import type { RetentionSlice } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Of mail that nobody sends any more; one whose words are gone holds an empty text. */
const isOver = `letter IS NOT '' AND created_at < ?
  AND (sent_at IS NOT NULL OR failed_at IS NOT NULL OR withheld_at IS NOT NULL)`;

/**
 * Forgets what mails said. That a customer was written to, when and of what stays in their history; mail to an address alone
 * and what is known of mail that came in go whole.
 */
export async function dropOldMails({ db }: Context, { before, limit }: RetentionSlice): Promise<number> {
  const gone = await db.write([
    statement(
      `DELETE FROM outbox WHERE id IN
        (SELECT id FROM outbox WHERE ${isOver} AND customer_id IS NULL ORDER BY created_at LIMIT ?) RETURNING 1`,
      before,
      limit,
    ),
    statement(
      `UPDATE outbox SET letter = '', rendered = NULL WHERE id IN
        (SELECT id FROM outbox WHERE ${isOver} AND customer_id IS NOT NULL ORDER BY created_at LIMIT ?) RETURNING 1`,
      before,
      limit,
    ),
    statement(
      `DELETE FROM received_mails WHERE id IN
        (SELECT id FROM received_mails WHERE at < ? AND state IN ('taken', 'left_out') LIMIT ?) RETURNING 1`,
      before,
      limit,
    ),
  ]);
  return gone.reduce((sum, rows) => sum + rows.length, 0);
}
