import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, done, flag, id, instant } from './columns.ts';

/**
 * One call, meeting, visit, letter or message with somebody, in or out (DOMAIN §6). The row repeats what its newest entry says;
 * `entry_seq` is that entry's number, and the key of the next is the lock.
 */
export const contacts = sqliteTable(
  'contacts',
  {
    id: id(),
    channel: text({ enum: ['phone', 'meeting', 'visit', 'post', 'message', 'mail'] }).notNull(),
    direction: text({ enum: ['in', 'out'] }).notNull(),
    /** A call that nobody took: in, the customer did not reach us; out, we did not reach them. */
    isMissed: flag('is_missed').notNull(),
    /** When it took place. */
    at: instant().notNull(),
    /** How long it took. */
    durationS: count('duration_s'),
    /** NULL while nobody knows who it was. */
    customerId: text('customer_id'),
    /** The account or department it was about; its history is that of `root_id`. */
    accountId: text('account_id'),
    rootId: text('root_id'),
    /** The telephone of the other side: `+` and digits where its country is known, else digits; NULL for what is no number. */
    number: text(),
    /** The email address of the other side, of who is no customer. */
    address: text(),
    orderSource: text('order_source'),
    orderNumber: text('order_number'),
    /** Who of the staff it was with; NULL for a call that reached nobody. */
    staffId: text('staff_id'),
    summary: text(),
    mood: text({ enum: ['good', 'neutral', 'bad'] }),
    /** What the other side said to how satisfied they are, 1 to 5. */
    satisfaction: count(),
    /** Whether somebody waits for us, since it took place until `answered_at`. */
    wantsAnswer: flag('wants_answer').notNull(),
    /** Until when an answer was promised, as the standard was then; NULL where nobody waits, or waited before there were any. */
    answerDueAt: instant('answer_due_at'),
    answeredAt: instant('answered_at'),
    /** Who of the staff did; NULL where that is not known. */
    answeredBy: text('answered_by'),
    source: text({ enum: ['console', 'till', 'api', 'mail'] }).notNull(),
    /** What another system calls it, after the key that told of it: `key:ID:REFERENCE`. */
    reference: text().unique(),
    entrySeq: count('entry_seq').notNull(),
    /** Set once it turned out to be no contact. */
    withdrawnAt: instant('withdrawn_at'),
    /** What makes the same form sent twice one contact. */
    key: text().unique(),
  },
  (table) => [
    index('contacts_at').on(table.at, table.id),
    index('contacts_customer').on(table.customerId, table.at, table.id).where(sql`customer_id IS NOT NULL`),
    index('contacts_root').on(table.rootId, table.at, table.id).where(sql`root_id IS NOT NULL`),
    index('contacts_staff').on(table.staffId, table.at, table.id).where(sql`staff_id IS NOT NULL`),
    index('contacts_order').on(table.orderSource, table.orderNumber).where(sql`order_number IS NOT NULL`),
    index('contacts_number').on(table.number, table.at).where(sql`number IS NOT NULL`),
    index('contacts_address').on(table.address, table.at).where(sql`address IS NOT NULL`),
    index('contacts_unknown').on(table.at, table.id).where(sql`root_id IS NULL AND withdrawn_at IS NULL`),
    index('contacts_unanswered')
      .on(table.at, table.id)
      .where(sql`wants_answer = 1 AND answered_at IS NULL AND withdrawn_at IS NULL`),
    index('contacts_answer_due').on(table.answerDueAt).where(sql`answer_due_at IS NOT NULL`),
    check('contacts_account_has_root', sql`(account_id IS NULL) = (root_id IS NULL)`),
    check('contacts_missed_call', sql`is_missed = 0 OR channel = 'phone'`),
    check('contacts_satisfaction', sql`satisfaction BETWEEN 1 AND 5`),
    check('contacts_waits_in', sql`wants_answer = 0 OR direction = 'in'`),
  ],
);

/** What was written down of a contact, and each correction of it: all that it said then, as JSON. Append-only. */
export const contactEntries = sqliteTable(
  'contact_entries',
  {
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    seq: count().notNull(),
    kind: text({ enum: ['logged', 'corrected', 'tied', 'withdrawn', 'rated'] }).notNull(),
    content: text().notNull(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.contactId, table.seq] })],
);

/** What a mail in the log says beside the new words of it, which are the contact's summary. Append-only. */
export const contactMails = sqliteTable('contact_mails', {
  contactId: text('contact_id')
    .primaryKey()
    .references(() => contacts.id),
  subject: text(),
  /** The words of earlier mails below it. */
  quoted: text(),
  /** The files that did not come along, as JSON `[{"name", "why"}]`; NULL for none. */
  leftOut: text('left_out'),
});

/** A file that came with a mail in the log; its bytes lie in the file store under `stored_as`. */
export const contactAttachments = sqliteTable(
  'contact_attachments',
  {
    id: id(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: count('size_bytes').notNull(),
    /** Of the bytes, hexadecimal. */
    sha256: text().notNull(),
    storedAs: text('stored_as').notNull().unique(),
    at: instant().notNull(),
  },
  (table) => [index('contact_attachments_contact').on(table.contactId, table.id)],
);

/** What somebody of the staff is to do for a customer, on a day; the last acts say who and when. */
export const contactTasks = sqliteTable(
  'contact_tasks',
  {
    id: id(),
    /** `next_step` as somebody wrote it; the others follow from a contact that nobody has answered. */
    kind: text({ enum: ['next_step', 'call_back', 'reply'] }).notNull(),
    what: text(),
    /** The plan that asks for it, of its own accord; NULL for what somebody wrote or waits for. */
    planId: text('plan_id'),
    /** The moment that asks for it by itself; NULL for all else. */
    moment: text(),
    /** Of a plan by mail: the day on which it came round, for which it asks once. */
    round: text(),
    contactId: text('contact_id').references(() => contacts.id),
    customerId: text('customer_id'),
    accountId: text('account_id'),
    rootId: text('root_id'),
    /** A business day. */
    dueOn: text('due_on').notNull(),
    /** NULL for whoever is there. */
    staffId: text('staff_id'),
    outcome: text({ enum: ['done', 'dropped'] }),
    endedAt: instant('ended_at'),
    actSeq: count('act_seq').notNull(),
    ...done(),
  },
  (table) => [
    index('contact_tasks_due').on(table.dueOn, table.id).where(sql`ended_at IS NULL`),
    index('contact_tasks_staff').on(table.staffId, table.dueOn, table.id).where(sql`ended_at IS NULL`),
    index('contact_tasks_root').on(table.rootId, table.dueOn).where(sql`root_id IS NOT NULL`),
    index('contact_tasks_contact').on(table.contactId).where(sql`contact_id IS NOT NULL`),
    index('contact_tasks_plan').on(table.planId, table.rootId).where(sql`plan_id IS NOT NULL`),
    index('contact_tasks_plan_at').on(table.planId, table.at).where(sql`plan_id IS NOT NULL`),
    index('contact_tasks_plan_due')
      .on(table.dueOn, table.planId, table.outcome)
      .where(sql`plan_id IS NOT NULL`),
    index('contact_tasks_plan_ended').on(table.endedAt, table.planId).where(sql`plan_id IS NOT NULL`),
    index('contact_tasks_moment').on(table.moment, table.at).where(sql`moment IS NOT NULL`),
    uniqueIndex('contact_tasks_round').on(table.planId, table.round).where(sql`round IS NOT NULL`),
    check('contact_tasks_worded', sql`(kind = 'next_step') = (what IS NOT NULL)`),
    check('contact_tasks_ended', sql`(ended_at IS NULL) = (outcome IS NULL)`),
  ],
);

/** What was done about a task; its number is the lock. Append-only. */
export const contactTaskActs = sqliteTable(
  'contact_task_acts',
  {
    taskId: text('task_id')
      .notNull()
      .references(() => contactTasks.id),
    seq: count().notNull(),
    kind: text({ enum: ['planned', 'moved', 'handed', 'done', 'dropped', 'reopened'] }).notNull(),
    /** Where it was moved to. */
    dueOn: text('due_on'),
    /** To whom it was handed; NULL for whoever is there. */
    staffId: text('staff_id'),
    /** Why what a plan asked for was taken back by itself; NULL for all else. */
    why: text(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.seq] })],
);

/** Who of the staff wants a mail in the morning about what is due; the newest word of each. Append-only. */
export const taskMailWishes = sqliteTable(
  'task_mail_wishes',
  {
    id: id(),
    staffId: text('staff_id').notNull(),
    isOn: flag('is_on').notNull(),
    /** Of the business's clock; NULL where it is off. */
    hour: count(),
    at: instant().notNull(),
  },
  (table) => [index('task_mail_wishes_staff').on(table.staffId, table.id)],
);

/** Who of the staff was looked at for a mail on a business day: once, also where nothing was due. Append-only. */
export const taskMails = sqliteTable(
  'task_mails',
  {
    staffId: text('staff_id').notNull(),
    day: text().notNull(),
    /** How much was due; no mail went out for nothing. */
    due: count().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.day] })],
);
