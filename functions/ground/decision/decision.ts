import type { Statement } from '../../../db/store.ts';
import type { AuditLine } from '../audit/insert-audit-line.ts';
import type { HistoryLine, HistoryPlace } from '../history/insert-history.ts';
import type { Mail } from '../outbox/queue-mail.ts';

/** What an act does, as data; `writeDecision` and `writeHistory` turn it into one atomic write. */
export interface Decision {
  /** The rows of the room that decides. */
  rows?: readonly Statement[];
  /** What the histories of accounts tell beside the one that is decided on. */
  histories?: readonly OtherHistory[];
  /** The mails that go out. */
  letters?: readonly Mail[];
  /** What the audit log keeps; null where it keeps nothing, such as of what customers do. */
  audit?: AuditLine | null;
  /** What other rooms, or parts of the same act, decide in the same write. */
  also?: readonly Decision[];
  /** Statements that ride along at the end, such as the answer that is kept under a key. */
  beside?: readonly Statement[];
}

/** A decision about one root account; its line in the history is the lock under which the decision is written. */
export interface AccountDecision extends Decision {
  history: HistoryLine;
}

/** A line in the history of an account. */
export interface OtherHistory extends HistoryLine {
  rootId: string;
  /** As {@link actorName} writes it; who acts, unless given. */
  actor?: string;
  /**
   * Where it was decided to stand, which locks the account. Left out, it takes the next place whatever that is: for what
   * needs no decision about the account.
   */
  place?: HistoryPlace & {
    /** The decision's own rows open the account, or move it, up to this line. */
    isMovedByRows?: true;
  };
}

/** Decided: everything stays as it is, and nothing is written. */
export const unchanged = { isUnchanged: true } as const;
export type Unchanged = typeof unchanged;

export function isUnchanged<Decided extends object>(
  decision: Decided,
): decision is Extract<Decided, Unchanged> {
  return 'isUnchanged' in decision;
}
