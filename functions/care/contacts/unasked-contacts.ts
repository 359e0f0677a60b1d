import { sql } from 'drizzle-orm';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Unasked } from '../../people/preferences/unasked.ts';

/** How long after "Done" the call that was meant may be logged. */
const LOGGED_WITHIN_MS = DAY_MS;

/** Whether `o` was the first of ours that reached them after a moment. */
const isFirstAfter = (moment: string) =>
  sql.raw(`NOT EXISTS (SELECT 1 FROM contacts AS p WHERE p.customer_id = o.customer_id AND p.at > ${moment} AND p.at < o.at
    AND p.direction = 'out' AND p.is_missed = 0 AND p.withdrawn_at IS NULL)`);

/**
 * What staff told somebody of their own accord: calls that reached them, messages and letters. What is about an order is owed;
 * asked for is what answers them, and the first that follows a contact of theirs that waited, or something that was to be done
 * for them and was not done long before. What a plan asks for is of our own accord.
 */
export const unaskedContacts: Unasked = ({
  customerId,
  since,
}) => sql`SELECT o.customer_id, o.channel FROM contacts AS o
  WHERE ${customerId === null ? sql`+o.customer_id IS NOT NULL` : sql`o.customer_id = ${customerId}`} AND o.at > ${since} AND o.direction = 'out' AND o.is_missed = 0
    AND o.channel IN ('phone', 'message', 'post') AND o.withdrawn_at IS NULL AND o.order_number IS NULL
    AND NOT EXISTS (SELECT 1 FROM contacts AS i WHERE i.customer_id = o.customer_id AND i.direction = 'in' AND i.at <= o.at
      AND i.wants_answer = 1 AND i.withdrawn_at IS NULL AND (i.answered_at = o.at
        OR (coalesce(i.answered_at, o.at) > o.at - ${LOGGED_WITHIN_MS} AND ${isFirstAfter('i.at')})))
    AND NOT EXISTS (SELECT 1 FROM contact_tasks AS t WHERE t.root_id = o.root_id AND t.customer_id = o.customer_id AND t.at <= o.at
      AND t.plan_id IS NULL AND t.contact_id IS NOT o.id AND t.outcome IS NOT 'dropped' AND coalesce(t.ended_at, o.at) > o.at - ${LOGGED_WITHIN_MS}
      AND ${isFirstAfter('t.at')})`;
