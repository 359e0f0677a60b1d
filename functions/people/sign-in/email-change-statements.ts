import type { OtherHistory } from '../../ground/decision/decision.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Owner } from './find-owner.ts';

/** How long a change waits that only the new address was proven for. */
export const DELAY_MS = DAY_MS;
/** How long a change that was made can be undone by who reads mail at the old address. */
export const UNDO_MS = 14 * DAY_MS;
/** How long orders that carry a former address still belong to who had it. */
export const FORMER_MS = 30 * DAY_MS;

/** The line that says that an email changed, which is the lock of the customer's own account; nothing for who has none. */
export function emailHistory(
  { accountId, historySeq }: Owner,
  line: { kind: 'email_changed' | 'email_change_undone'; actor: string },
  revision: number,
): OtherHistory[] {
  if (accountId === null || historySeq === null) return [];
  return [{ ...line, rootId: accountId, place: { seq: historySeq + 1, revision } }];
}
