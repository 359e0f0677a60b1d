import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, flag, instant, money } from './columns.ts';

/** A questionnaire of the business; what it asks is in its newest version. Invitations go out while it is open. */
export const surveys = sqliteTable('surveys', {
  id: text().primaryKey(),
  /** What staff call it. */
  name: text().notNull(),
  createdAt: instant('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  openedAt: instant('opened_at'),
  openedBy: text('opened_by'),
  closedAt: instant('closed_at'),
  closedBy: text('closed_by'),
});

/** What a survey asks, when and for what thanks, as JSON; frozen once anybody was invited to it. */
export const surveyVersions = sqliteTable(
  'survey_versions',
  {
    surveyId: text('survey_id')
      .notNull()
      .references(() => surveys.id),
    version: count().notNull(),
    definition: text().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.surveyId, table.version] })],
);

/**
 * One person asked once, for one occasion: an order, a case, a contact, a season, a sending. It names what was promised for the
 * answer. `token_hash` is SHA-256 of the personal link's token, which follows from the id. Append-only; a trigger keeps
 * the rest between two invitations of one person.
 */
export const surveyInvitations = sqliteTable(
  'survey_invitations',
  {
    id: text().primaryKey(),
    surveyId: text('survey_id').notNull(),
    version: count().notNull(),
    customerId: text('customer_id').notNull(),
    rootId: text('root_id').notNull(),
    reason: text({ enum: ['delivery', 'case', 'contact', 'season', 'hand'] }).notNull(),
    /** With the survey and the person it is unique: `order 0198…`, `season 2026-03-01`, `sending 0198…`. */
    occasion: text().notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    incentiveMinor: money('incentive_minor'),
    currency: text(),
    /** Whether the person had bought more than once by then, and was in the club. */
    isRegular: flag('is_regular').notNull(),
    isMember: flag('is_member').notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [
    uniqueIndex('survey_invitations_occasion').on(table.surveyId, table.customerId, table.occasion),
    index('survey_invitations_customer').on(table.customerId, table.at),
    index('survey_invitations_survey').on(table.surveyId, table.at),
    check('survey_invitations_incentive', sql`(incentive_minor IS NULL) = (currency IS NULL)`),
  ],
);

/** What somebody answered so far; a trigger keeps it as it is once the questionnaire was finished. */
export const surveyAnswers = sqliteTable(
  'survey_answers',
  {
    invitationId: text('invitation_id')
      .notNull()
      .references(() => surveyInvitations.id),
    /** The question, with the statement behind a point where it has several: `trust.care`. */
    questionId: text('question_id').notNull(),
    surveyId: text('survey_id').notNull(),
    /** The step of the scale. */
    value: count(),
    /** Free words, or the id of what was chosen. */
    text: text(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.invitationId, table.questionId] }),
    index('survey_answers_results').on(table.surveyId, table.questionId, table.at, table.value),
    index('survey_answers_at').on(table.at, table.invitationId, table.questionId),
    check('survey_answers_something', sql`(value IS NULL) <> (text IS NULL)`),
  ],
);

/** A questionnaire that was answered to its end, once for each invitation. Append-only. */
export const surveyFinishes = sqliteTable(
  'survey_finishes',
  {
    invitationId: text('invitation_id')
      .primaryKey()
      .references(() => surveyInvitations.id),
    surveyId: text('survey_id').notNull(),
    customerId: text('customer_id').notNull(),
    rootId: text('root_id').notNull(),
    /** The answer that somebody should look into; NULL when none is that low. */
    lowQuestionId: text('low_question_id'),
    language: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('survey_finishes_survey').on(table.surveyId, table.at),
    index('survey_finishes_root').on(table.rootId),
    index('survey_finishes_low').on(table.at).where(sql`low_question_id IS NOT NULL`),
  ],
);

/** A survey sent to many; worked off in steps, `after_customer_id` is how far it got. */
export const surveySendings = sqliteTable(
  'survey_sendings',
  {
    id: text().primaryKey(),
    surveyId: text('survey_id')
      .notNull()
      .references(() => surveys.id),
    /** The season or the form that caused it: sent twice, it is one. */
    occasion: text().notNull(),
    /** NULL: everybody; else who bought since. */
    boughtSince: instant('bought_since'),
    /** Only whose accounts are in this segment when it is their turn; NULL: in whatever. */
    segmentId: text('segment_id'),
    at: instant().notNull(),
    actor: text().notNull(),
    afterCustomerId: text('after_customer_id').notNull(),
    invited: count().notNull(),
    resting: count().notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    uniqueIndex('survey_sendings_occasion').on(table.surveyId, table.occasion),
    index('survey_sendings_open').on(table.at).where(sql`finished_at IS NULL`),
  ],
);

/** What the business asks about by importance and by how well it does: one list for all surveys. */
export const surveyTopics = sqliteTable('survey_topics', {
  id: text().primaryKey(),
  /** JSON, by language. */
  text: text().notNull(),
  /** Where it stands in the list. */
  place: count().notNull(),
  /** Since when no survey is given it anew; its answers stay. */
  retiredAt: instant('retired_at'),
  at: instant().notNull(),
  actor: text().notNull(),
});
