import { insertInto, statement } from '../../../db/query.ts';
import {
  caseAlerts,
  caseEvents,
  caseReplies,
  cases,
  causes,
  feedback,
  feedbackAttachments,
  feedbackMentions,
  feedbackMessages,
} from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import type { CaseEvent, CaseNow } from './case-state.ts';

export const insertFeedback = insertInto(feedback);
export const insertMessage = insertInto(feedbackMessages);
export const insertMention = insertInto(feedbackMentions);
export const insertAttachment = insertInto(feedbackAttachments);
export const insertCause = insertInto(causes);
export const insertAlert = insertInto(caseAlerts);
const insertCase = insertInto(cases);
const insertEvent = insertInto(caseEvents);
const insertReply = insertInto(caseReplies);

/** One thing that happens with a case. */
export type NewCaseEvent = Pick<CaseEvent, 'kind'> & Partial<Pick<CaseEvent, 'subjectId'>>;

/**
 * The rows of a case that goes from one standing to another by some events; the number of the first is the lock. `key`
 * makes the same form sent twice one act.
 */
export function caseStatements(
  ctx: Pick<Context, 'actor' | 'now'>,
  moved: {
    feedbackId: string;
    before: CaseNow | null;
    after: CaseNow;
    events: readonly NewCaseEvent[];
    key?: string | null;
  },
): Statement[] {
  const { feedbackId, before, after, events, key = null } = moved;
  const first = (before?.eventSeq ?? 0) + 1;
  const { openedAt, state, ownerId, causeId, replyDueAt, changedAt, eventSeq } = after;
  return [
    before === null
      ? insertCase({ feedbackId, ...after })
      : statement(
          `UPDATE cases SET opened_at = ?, state = ?, owner_id = ?, cause_id = ?, reply_due_at = ?, changed_at = ?, event_seq = ?
            WHERE feedback_id = ?`,
          ...[openedAt, state, ownerId, causeId, replyDueAt, changedAt, eventSeq, feedbackId],
        ),
    ...events.map(({ kind, subjectId = null }, index) =>
      insertEvent({
        feedbackId,
        seq: first + index,
        at: ctx.now(),
        kind,
        actor: actorName(ctx.actor),
        subjectId,
        key: index === 0 ? key : null,
      }),
    ),
    ...replyStatements(ctx, moved),
  ];
}

/**
 * What is kept of a wait that ends: until when an answer was promised. Who settles a case before it is due without an answer
 * neither keeps nor breaks it.
 */
function replyStatements(
  ctx: Pick<Context, 'actor' | 'now'>,
  { feedbackId, before, after, events }: Parameters<typeof caseStatements>[1],
): Statement[] {
  const dueAt = before?.replyDueAt ?? null;
  if (dueAt === null || after.replyDueAt !== null) return [];
  const at = ctx.now();
  if (at <= dueAt && !events.some(({ kind }) => kind === 'answered')) return [];
  const staffId = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  return [
    insertReply({ feedbackId, seq: after.eventSeq, dueAt, at, judgedAt: Math.min(at, dueAt), staffId }),
  ];
}
