import type { LeftOutFile } from '../../people/mail/incoming/mail-taker.ts';
import type { ApologyStep, CaseEventKind, CaseState } from './case-state.ts';
import type { FeedbackRow } from './queries.ts';

/** What pages show of feedback; instants are epoch milliseconds. */

export type AnyFeedbackKind = FeedbackRow['kind'];

export interface FeedbackAbout {
  order: { source: string; number: string } | null;
  /** A line's product, else its id. */
  line: string | null;
  parcel: string | null;
  servedBy: string | null;
  /** Named without an order. */
  product: string | null;
  page: string | null;
}

/** Where feedback stands, as customers are told. `none` is read, and needs nobody to handle it. */
export type CaseStanding = 'none' | 'open' | 'taken' | 'answered' | 'waiting' | 'resolved' | 'closed';

export interface FeedbackSummary {
  id: string;
  reference: string;
  kind: AnyFeedbackKind;
  at: number;
  text: string;
  standing: CaseStanding;
  /** Until when an answer is promised; null when none is waited for. */
  replyDueAt: number | null;
}

export interface ThreadMessage {
  id: string;
  from: 'customer' | 'staff';
  isInternal: boolean;
  text: string;
  /** Of a mail: the words of earlier mails below it. */
  quoted: string | null;
  at: number;
  /** The email of the member of staff, or the name of the key; null for customers, and for whoever they read. */
  by: string | null;
  attachments: AttachmentView[];
  /** Of a mail: its files that did not come along; staff alone are told. */
  leftOut: LeftOutFile[];
  /** Where it was said, if not here, and its address there. */
  place: string | null;
  url: string | null;
}

export interface AttachmentView {
  id: string;
  name: string;
  isPicture: boolean;
  sizeBytes: number;
}

/** Feedback whole, for who wrote it. */
export interface Thread extends FeedbackSummary {
  wantsReply: boolean;
  about: FeedbackAbout;
  attachments: AttachmentView[];
  messages: ThreadMessage[];
  /** Whether the promised answer is late. */
  isOverdue: boolean;
  /** Whether files can be sent along. */
  takesFiles: boolean;
  /** Why the business leaves as it is what it was about, by language; null where it has not said so. */
  declined: Record<string, string> | null;
  /** What the business changed about it, by language; null where it has not said so to everybody. */
  changed: Record<string, string> | null;
}

/** The same for staff. */
export interface CaseFile extends Thread {
  customer: { id: string; email: string; name: string | null } | null;
  accountName: string | null;
  source: FeedbackRow['source'];
  rootId: string | null;
  state: CaseState | null;
  owner: { id: string; email: string; name: string | null } | null;
  cause: { id: string; name: string; outcome: 'changed' | 'declined' | null; closedAt: number | null } | null;
  /** Who of the team served, once it is known. */
  server: { id: string; email: string; name: string | null } | null;
  /** Where it was said, if elsewhere. */
  mention: FeedbackRow['mention'];
  events: { kind: CaseEventKind; at: number; by: string | null; subject: string | null }[];
  /** Empty for what is no complaint. */
  apology: { step: ApologyStep; isDone: boolean }[];
}

function standingOf(handled: FeedbackRow['case']): CaseStanding {
  if (handled === null) return 'none';
  return handled.state === 'open' && handled.ownerId !== null ? 'taken' : handled.state;
}

export function summaryOf(row: FeedbackRow): FeedbackSummary {
  const { id, reference, kind, at, text, case: handled } = row;
  const standing = standingOf(handled);
  return { id, reference, kind, at, text, standing, replyDueAt: handled?.replyDueAt ?? null };
}
