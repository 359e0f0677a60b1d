import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

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
