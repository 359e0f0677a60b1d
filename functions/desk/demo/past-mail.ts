import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';

const KEPT_MS = 60 * DAY_MS;

/**
 * Nothing the demo tells of is sent to anybody: what it wrote in the last weeks to who can sign in counts as sent when
 * it happened, and the rest was never written.
 */
export function settlePastMail(now: number): Statement[] {
  return [
    statement(
      `DELETE FROM outbox WHERE template <> 'campaign_news' AND (created_at < ? OR customer_id IS NULL OR params LIKE '%"challengeId"%'
       OR customer_id NOT IN (SELECT id FROM customers WHERE claimed_at IS NOT NULL))`,
      now - KEPT_MS,
    ),
    statement("UPDATE outbox SET sent_at = created_at, provider_id = 'mailbox' WHERE sent_at IS NULL"),
  ];
}
