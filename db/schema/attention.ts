import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, done, flag, id, instant, money } from './columns.ts';

const list = () =>
  text({
    enum: ['walks_away', 'lapsed', 'reorders_soon', 'praises', 'shifts', 'dormant_departments'],
  }).notNull();

/** Each business day on which the lists were asked anew, with how far that has come; it goes on where it was left. */
export const attentionRuns = sqliteTable('attention_runs', {
  day: text().primaryKey(),
  stage: text({ enum: ['judge', 'say', 'done'] }).notNull(),
  /** Grows with each step: who takes one that another has taken is refused. */
  step: count().notNull(),
  /** The last account that was asked about. */
  reached: text().notNull(),
  /** Half of the accounts that spent anything within a year spent less; NULL while none did. */
  medianMinor: money('median_minor'),
  begunAt: instant('begun_at').notNull(),
  finishedAt: instant('finished_at'),
});

/** That a list named a root account, or a department of it, from one business day until another, and why. */
export const attentionSayings = sqliteTable(
  'attention_sayings',
  {
    id: id(),
    list: list(),
    rootId: text('root_id').notNull(),
    /** Empty for the account itself. */
    departmentId: text('department_id').notNull(),
    saidOn: text('said_on').notNull(),
    /** The first day on which it was so no longer. */
    leftOn: text('left_on'),
    /** Codes with their values of that day, as JSON. */
    reasons: text().notNull(),
    /** Net spend of the 365 days before. */
    valueMinor: money('value_minor').notNull(),
    /** What came of it within the horizon; NULL until then. */
    hasHappened: flag('has_happened'),
    /** As the last acts say. */
    assignedTo: text('assigned_to'),
    snoozedUntil: text('snoozed_until'),
    outcome: text({
      enum: ['won_back', 'bought', 'thanked', 'not_reached', 'lost', 'wrong', 'other'],
    }),
  },
  (table) => [
    uniqueIndex('attention_sayings_open')
      .on(table.rootId, table.list, table.departmentId)
      .where(sql`left_on IS NULL`),
    index('attention_sayings_listed')
      .on(table.list, table.valueMinor, table.id)
      .where(sql`left_on IS NULL AND outcome IS NULL`),
    index('attention_sayings_assigned')
      .on(table.assignedTo, table.valueMinor, table.id)
      .where(sql`assigned_to IS NOT NULL AND left_on IS NULL AND outcome IS NULL`),
    index('attention_sayings_closed')
      .on(table.list, table.valueMinor, table.id)
      .where(sql`outcome IS NOT NULL`),
    index('attention_sayings_account').on(table.rootId),
  ],
);

/** What people did about one that a list named. Append-only. */
export const attentionActs = sqliteTable(
  'attention_acts',
  {
    id: id(),
    sayingId: text('saying_id').notNull(),
    kind: text({ enum: ['assigned', 'snoozed', 'closed', 'reopened'] }).notNull(),
    /** A member of staff; NULL for nobody. */
    staffId: text('staff_id'),
    untilOn: text('until_on'),
    outcome: text({
      enum: ['won_back', 'bought', 'thanked', 'not_reached', 'lost', 'wrong', 'other'],
    }),
    note: text(),
    ...done(),
  },
  (table) => [index('attention_acts_saying').on(table.sayingId, table.at)],
);

/** What lists said and what has yet to be held to it, with accounts like those that were drawn by chance. */
export const attentionPromises = sqliteTable(
  'attention_promises',
  {
    id: id(),
    list: list(),
    rootId: text('root_id').notNull(),
    departmentId: text('department_id').notNull(),
    /** NULL for one that was drawn. */
    sayingId: text('saying_id'),
    saidOn: text('said_on').notNull(),
    /** The last day of the horizon. */
    dueOn: text('due_on').notNull(),
    /** Of shifts: the own usual spend of 90 days, and whether the account was below it. */
    markMinor: money('mark_minor'),
    isBelow: flag('is_below'),
  },
  (table) => [
    index('attention_promises_due').on(table.dueOn, table.id),
    uniqueIndex('attention_promises_drawn')
      .on(table.rootId, table.list, table.departmentId, table.saidOn)
      .where(sql`saying_id IS NULL`),
  ],
);

/** What became of what a list said in a month, in sums. */
export const attentionRecords = sqliteTable(
  'attention_records',
  {
    list: list(),
    month: text().notNull(),
    said: count().notNull(),
    happened: count().notNull(),
    drawn: count().notNull(),
    drawnHappened: count('drawn_happened').notNull(),
  },
  (table) => [primaryKey({ columns: [table.list, table.month] })],
);

/** A lapsed customer who was asked why: what they said first, and the real reason. Append-only. */
export const lapsedCalls = sqliteTable(
  'lapsed_calls',
  {
    id: id(),
    rootId: text('root_id').notNull(),
    sayingId: text('saying_id'),
    /** The business day of the call. */
    day: text().notNull(),
    /** Codes of `call-sheet.ts`; NULL while it could not be found out. */
    firstReason: text('first_reason'),
    firstWords: text('first_words'),
    realReason: text('real_reason'),
    realWords: text('real_words'),
    /** To the guided questions, as JSON. */
    answers: text().notNull(),
    ...done(),
  },
  (table) => [
    index('lapsed_calls_day').on(table.day, table.id),
    index('lapsed_calls_account').on(table.rootId, table.day),
  ],
);

/** Which part of what an account needs is bought from us, and who else serves it, as it was told on a day. Append-only. */
export const needShares = sqliteTable(
  'need_shares',
  {
    id: id(),
    rootId: text('root_id').notNull(),
    day: text().notNull(),
    percent: count().notNull(),
    others: text(),
    /** Noted by staff, or answered in a survey. */
    source: text({ enum: ['staff', 'survey'] }).notNull(),
    ...done(),
  },
  (table) => [
    index('need_shares_account').on(table.rootId, table.day),
    check('need_shares_percent', sql`percent BETWEEN 0 AND 100`),
  ],
);
