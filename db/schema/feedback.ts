import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { caseEventKinds } from '../kinds.ts';
import { count, flag, instant } from './columns.ts';

/**
 * Anything somebody told the business. `reference` is what people say on the telephone; `customer_id` is NULL for who
 * stays unnamed. What it is about is kept where it is known and never asked again.
 */
export const feedback = sqliteTable(
  'feedback',
  {
    id: text().primaryKey(),
    reference: text().notNull().unique(),
    kind: text({ enum: ['question', 'idea', 'praise', 'problem', 'complaint', 'survey'] }).notNull(),
    customerId: text('customer_id'),
    /** The account or department it is about; its history is that of `root_id`. */
    accountId: text('account_id'),
    rootId: text('root_id'),
    orderSource: text('order_source'),
    orderNumber: text('order_number'),
    lineId: text('line_id'),
    /** The parcel of the order, as its carrier or the shop names it. */
    parcel: text(),
    /** The person who served, as the customer names them. */
    servedBy: text('served_by'),
    /** Who of the staff that is, once it is known. */
    servedById: text('served_by_id'),
    /** The product it is about, by its name or SKU, where no line of an order says so. */
    product: text(),
    /** The page it was written on, a path. */
    page: text(),
    text: text().notNull(),
    language: text(),
    wantsReply: flag('wants_reply').notNull(),
    source: text({ enum: ['portal', 'api', 'till', 'import', 'survey', 'mention'] }).notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
    /** What makes the same form sent twice one feedback. */
    key: text().unique(),
  },
  (table) => [
    index('feedback_at').on(table.at, table.id),
    index('feedback_kind').on(table.kind, table.at, table.id),
    index('feedback_customer').on(table.customerId, table.at).where(sql`customer_id IS NOT NULL`),
    index('feedback_root').on(table.rootId, table.at).where(sql`root_id IS NOT NULL`),
    index('feedback_order').on(table.orderSource, table.orderNumber).where(sql`order_number IS NOT NULL`),
    index('feedback_order_number').on(table.orderNumber).where(sql`order_number IS NOT NULL`),
    index('feedback_served').on(table.at, table.id).where(sql`served_by_id IS NOT NULL`),
    index('feedback_server').on(table.servedById, table.at, table.id).where(sql`served_by_id IS NOT NULL`),
    index('feedback_served_by')
      .on(table.servedBy, table.at)
      .where(sql`served_by IS NOT NULL AND served_by_id IS NULL`),
    index('feedback_thing').on(table.at, table.id).where(sql`line_id IS NOT NULL OR product IS NOT NULL`),
    index('feedback_elsewhere').on(table.at, table.id).where(sql`source = 'mention'`),
    check('feedback_account_has_root', sql`(account_id IS NULL) = (root_id IS NULL)`),
  ],
);

/** Of feedback that was said elsewhere, such as on a review site: where it stands. Only its rating and author may be put right. */
export const feedbackMentions = sqliteTable(
  'feedback_mentions',
  {
    feedbackId: text('feedback_id')
      .primaryKey()
      .references(() => feedback.id),
    /** What the place is called, such as Google. */
    place: text().notNull(),
    /** Its own address there; one that is logged again is known. */
    url: text().unique(),
    /** The name it was written under. */
    author: text(),
    /** Of five stars. */
    rating: count(),
    /** The business day on which it was said there. */
    saidOn: text('said_on').notNull(),
  },
  () => [check('feedback_mentions_rating', sql`rating BETWEEN 1 AND 5`)],
);

/** What was said afterwards, by either side; an internal note is for staff alone. */
export const feedbackMessages = sqliteTable(
  'feedback_messages',
  {
    id: text().primaryKey(),
    feedbackId: text('feedback_id')
      .notNull()
      .references(() => feedback.id),
    from: text({ enum: ['customer', 'staff'] }).notNull(),
    text: text().notNull(),
    /** Of a mail: the words of earlier mails below it. */
    quoted: text(),
    isInternal: flag('is_internal').notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
    /** Of a mail: JSON of its files that did not come along, and why; NULL where all did. */
    leftOut: text('left_out'),
    /** Where it was said, if not here: the place of the mention that it answers. */
    place: text(),
    /** Its own address there. */
    url: text(),
  },
  (table) => [
    index('feedback_messages_thread').on(table.feedbackId, table.at, table.id),
    index('feedback_messages_at').on(table.at, table.id),
    check('feedback_messages_internal', sql`is_internal = 0 OR "from" = 'staff'`),
  ],
);

/** A file that came with feedback or with one of its messages; its bytes lie in the file store under `stored_as`. */
export const feedbackAttachments = sqliteTable(
  'feedback_attachments',
  {
    id: text().primaryKey(),
    feedbackId: text('feedback_id')
      .notNull()
      .references(() => feedback.id),
    /** NULL when it came with the feedback itself. */
    messageId: text('message_id'),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: count('size_bytes').notNull(),
    /** Of the bytes, hexadecimal. */
    sha256: text().notNull(),
    storedAs: text('stored_as').notNull().unique(),
    at: instant().notNull(),
  },
  (table) => [
    index('feedback_attachments_feedback').on(table.feedbackId, table.id),
    index('feedback_attachments_at').on(table.at),
  ],
);

/**
 * Feedback that somebody must handle. The row repeats what its events say last; `event_seq` is the number of the
 * newest, and the key of the next is the lock. `reply_due_at` is NULL while nobody waits for us.
 */
export const cases = sqliteTable(
  'cases',
  {
    feedbackId: text('feedback_id')
      .primaryKey()
      .references(() => feedback.id),
    openedAt: instant('opened_at').notNull(),
    state: text({ enum: ['open', 'answered', 'waiting', 'resolved', 'closed'] }).notNull(),
    /** Who of the staff takes care of it. */
    ownerId: text('owner_id'),
    causeId: text('cause_id'),
    replyDueAt: instant('reply_due_at'),
    changedAt: instant('changed_at').notNull(),
    eventSeq: count('event_seq').notNull(),
  },
  (table) => [
    index('cases_due').on(table.replyDueAt, table.feedbackId).where(sql`reply_due_at IS NOT NULL`),
    index('cases_state').on(table.state, table.changedAt),
    index('cases_owner').on(table.ownerId, table.state).where(sql`owner_id IS NOT NULL`),
    index('cases_cause').on(table.causeId, table.state).where(sql`cause_id IS NOT NULL`),
  ],
);

/** Everything that happened with a case. Append-only. */
export const caseEvents = sqliteTable(
  'case_events',
  {
    feedbackId: text('feedback_id')
      .notNull()
      .references(() => cases.feedbackId),
    seq: count().notNull(),
    at: instant().notNull(),
    kind: text({ enum: caseEventKinds }).notNull(),
    actor: text().notNull(),
    /** The member of staff, cause, message or adjustment that the event is about. */
    subjectId: text('subject_id'),
    /** What makes the same form sent twice one event. */
    key: text().unique(),
  },
  (table) => [primaryKey({ columns: [table.feedbackId, table.seq] })],
);

/**
 * That somebody who waited for us was answered, or their case settled late without: until when that was promised, and who did it.
 * `seq` is the number of the event. Append-only.
 */
export const caseReplies = sqliteTable(
  'case_replies',
  {
    feedbackId: text('feedback_id')
      .notNull()
      .references(() => cases.feedbackId),
    seq: count().notNull(),
    dueAt: instant('due_at').notNull(),
    at: instant().notNull(),
    /** When it was kept or broken: the sooner of both. */
    judgedAt: instant('judged_at').notNull(),
    /** NULL where a program did. */
    staffId: text('staff_id'),
  },
  (table) => [
    primaryKey({ columns: [table.feedbackId, table.seq] }),
    index('case_replies_judged').on(table.judgedAt),
  ],
);

/** That staff were told of a reply that was overdue, once for each time it was. Append-only. */
export const caseAlerts = sqliteTable(
  'case_alerts',
  {
    feedbackId: text('feedback_id').notNull(),
    dueAt: instant('due_at').notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.feedbackId, table.dueAt] })],
);
