import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { OtherHistory } from '../../ground/decision/decision.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Owner } from './find-owner.ts';

/** How long a change waits that only the new address was proven for. */
export const DELAY_MS = DAY_MS;
/** How long a change that was made can be undone by who reads mail at the old address. */
export const UNDO_MS = 14 * DAY_MS;
/** How long orders that carry a former address still belong to who had it. */
export const FORMER_MS = 30 * DAY_MS;

/** Ends every change of a customer that was not made yet, with what its codes prove. */
export function endWaitingChanges(customerId: string, now: number): Statement[] {
  return [
    statement(
      `UPDATE sign_in_challenges SET consumed_at = ? WHERE consumed_at IS NULL AND id IN
       (SELECT id FROM email_changes WHERE customer_id = ? AND made_at IS NULL AND ended_at IS NULL)`,
      now,
      customerId,
    ),
    statement(
      'UPDATE email_changes SET ended_at = ? WHERE customer_id = ? AND made_at IS NULL AND ended_at IS NULL',
      now,
      customerId,
    ),
  ];
}

/** The line that says so, which is the lock of the customer's own account; nothing for who has none. */
export function emailHistory(
  { accountId, historySeq }: Owner,
  line: { kind: 'email_changed' | 'email_change_undone'; actor: string },
  revision: number,
): OtherHistory[] {
  if (accountId === null || historySeq === null) return [];
  return [{ ...line, rootId: accountId, place: { seq: historySeq + 1, revision } }];
}
