import { and, asc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import {
  caseEvents,
  cases,
  feedback,
  feedbackAttachments,
  feedbackMentions,
  feedbackMessages,
  staff,
} from '../../../db/schema/index.ts';

/** Feedback with where its case stands, null when nobody must handle it, and where it was said, null for here. */
export const feedbackColumns = {
  id: feedback.id,
  reference: feedback.reference,
  kind: feedback.kind,
  customerId: feedback.customerId,
  accountId: feedback.accountId,
  rootId: feedback.rootId,
  orderSource: feedback.orderSource,
  orderNumber: feedback.orderNumber,
  lineId: feedback.lineId,
  parcel: feedback.parcel,
  servedBy: feedback.servedBy,
  servedById: feedback.servedById,
  product: feedback.product,
  page: feedback.page,
  text: feedback.text,
  language: feedback.language,
  wantsReply: feedback.wantsReply,
  source: feedback.source,
  at: feedback.at,
  case: {
    openedAt: cases.openedAt,
    state: cases.state,
    ownerId: cases.ownerId,
    causeId: cases.causeId,
    replyDueAt: cases.replyDueAt,
    changedAt: cases.changedAt,
    eventSeq: cases.eventSeq,
  },
  mention: {
    place: feedbackMentions.place,
    url: feedbackMentions.url,
    author: feedbackMentions.author,
    rating: feedbackMentions.rating,
    saidOn: feedbackMentions.saidOn,
  },
};

export const findFeedback = queryOne((db) =>
  db
    .select(feedbackColumns)
    .from(feedback)
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .leftJoin(feedbackMentions, eq(feedbackMentions.feedbackId, feedback.id))
    .where(eq(feedback.id, sql.placeholder('id'))),
);
export type FeedbackRow = NonNullable<Awaited<ReturnType<typeof findFeedback>>>;

export const findFeedbackByReference = queryOne((db) =>
  db
    .select(feedbackColumns)
    .from(feedback)
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .leftJoin(feedbackMentions, eq(feedbackMentions.feedbackId, feedback.id))
    .where(eq(feedback.reference, sql.placeholder('reference'))),
);

export const findFeedbackByKey = queryOne((db) =>
  db
    .select({ id: feedback.id, reference: feedback.reference })
    .from(feedback)
    .where(eq(feedback.key, sql.placeholder('key'))),
);

/** These read by reference as well, so that a page asks for all of it at once. */
const ofReference = sql`(SELECT id FROM feedback WHERE reference = ${sql.placeholder('reference')})`;

export const listMessages = query((db) =>
  db
    .select({
      id: feedbackMessages.id,
      from: feedbackMessages.from,
      text: feedbackMessages.text,
      quoted: feedbackMessages.quoted,
      isInternal: feedbackMessages.isInternal,
      at: feedbackMessages.at,
      actor: feedbackMessages.actor,
      leftOut: feedbackMessages.leftOut,
      place: feedbackMessages.place,
      url: feedbackMessages.url,
    })
    .from(feedbackMessages)
    .where(sql`${feedbackMessages.feedbackId} = ${ofReference}`)
    .orderBy(asc(feedbackMessages.at), asc(feedbackMessages.id)),
);

export const listAttachments = query((db) =>
  db
    .select({
      id: feedbackAttachments.id,
      messageId: feedbackAttachments.messageId,
      name: feedbackAttachments.name,
      mediaType: feedbackAttachments.mediaType,
      sizeBytes: feedbackAttachments.sizeBytes,
    })
    .from(feedbackAttachments)
    .where(sql`${feedbackAttachments.feedbackId} = ${ofReference}`)
    .orderBy(asc(feedbackAttachments.id)),
);

export const listCaseEvents = query((db) =>
  db
    .select({
      seq: caseEvents.seq,
      at: caseEvents.at,
      kind: caseEvents.kind,
      actor: caseEvents.actor,
      subjectId: caseEvents.subjectId,
    })
    .from(caseEvents)
    .where(sql`${caseEvents.feedbackId} = ${ofReference}`)
    .orderBy(asc(caseEvents.seq)),
);

/** Somebody of the team by id or email, also who left. */
export const findMember = queryOne((db) =>
  db
    .select({ id: staff.id })
    .from(staff)
    .where(sql`${staff.id} = ${sql.placeholder('who')} OR ${staff.email} = ${sql.placeholder('who')}`),
);

export const findEventByKey = queryOne((db) =>
  db
    .select({ feedbackId: caseEvents.feedbackId })
    .from(caseEvents)
    .where(and(eq(caseEvents.key, sql.placeholder('key')))),
);
