import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, flag, instant, money } from './columns.ts';

const id = () => text().primaryKey();
const done = { at: instant().notNull(), actor: text().notNull() };

/**
 * A root account in the club, from `since` (start of a day in business time) until its ending, if there is one.
 * `accounts.club_spans` repeats all of an account's for the counting of orders. Append-only.
 */
export const clubMemberships = sqliteTable(
  'club_memberships',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    since: instant().notNull(),
    how: text({ enum: ['invitation', 'application', 'spend', 'staff'] }).notNull(),
    /** The invitation or application that led to it. */
    causeId: text('cause_id'),
    ...done,
  },
  (table) => [
    index('club_memberships_account').on(table.accountId),
    index('club_memberships_at').on(table.at),
  ],
);

/** `until` is the first moment that is outside; a membership withdrawn ends where it began. Append-only. */
export const clubEndings = sqliteTable(
  'club_endings',
  {
    membershipId: text('membership_id').primaryKey(),
    accountId: text('account_id').notNull(),
    until: instant().notNull(),
    reason: text({ enum: ['left', 'ended', 'withdrawn'] }).notNull(),
    ...done,
  },
  (table) => [index('club_endings_account').on(table.accountId)],
);

/** Append-only. */
export const clubInvitations = sqliteTable(
  'club_invitations',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    how: text({ enum: ['staff', 'spend'] }).notNull(),
    ...done,
  },
  (table) => [
    index('club_invitations_account').on(table.accountId),
    index('club_invitations_at').on(table.at),
  ],
);

/** Append-only. */
export const clubInvitationAnswers = sqliteTable('club_invitation_answers', {
  invitationId: text('invitation_id').primaryKey(),
  answer: text({ enum: ['accepted', 'declined', 'withdrawn'] }).notNull(),
  ...done,
});

/** Append-only. */
export const clubApplications = sqliteTable(
  'club_applications',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    text: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('club_applications_account').on(table.accountId),
    index('club_applications_at').on(table.at),
  ],
);

/** `reason` is told to the applicant. Append-only. */
export const clubDecisions = sqliteTable('club_decisions', {
  applicationId: text('application_id').primaryKey(),
  outcome: text({ enum: ['approved', 'declined', 'withdrawn'] }).notNull(),
  reason: text(),
  ...done,
});

/** What members are called from a spend on; `names` is JSON by language. The first begins at 0. */
export const clubLevels = sqliteTable('club_levels', {
  key: text().primaryKey(),
  fromMinor: money('from_minor').notNull().unique(),
  names: text().notNull(),
  ...done,
});

/** How far a job has come through rows that only come after; `terms` are those under which it looked. */
export const clubSweeps = sqliteTable('club_sweeps', {
  name: text().primaryKey(),
  terms: text().notNull(),
  position: text().notNull(),
});

/** One thing that members have; `texts` is JSON by language, `detail` JSON by kind. */
export const clubBenefits = sqliteTable(
  'club_benefits',
  {
    id: id(),
    kind: text({
      enum: ['rule', 'drops', 'events', 'waived_minimum', 'account_manager', 'directory', 'panel', 'other'],
    }).notNull(),
    texts: text().notNull(),
    detail: text().notNull(),
    from: instant().notNull(),
    until: instant(),
    ...done,
  },
  (table) => [index('club_benefits_kind').on(table.kind)],
);

/** A benefit that is no longer kept, why, and what each member gets for it. Append-only. */
export const clubWithdrawals = sqliteTable(
  'club_withdrawals',
  {
    id: id(),
    benefitId: text('benefit_id').notNull().unique(),
    /** JSON by language. */
    reason: text().notNull(),
    bonusMinor: money('bonus_minor').notNull(),
    currency: text().notNull(),
    ...done,
  },
  () => [check('club_withdrawals_not_negative', sql`bonus_minor >= 0`)],
);

/** Which members have been told of a withdrawal, and paid. */
export const clubWithdrawalNotices = sqliteTable(
  'club_withdrawal_notices',
  {
    withdrawalId: text('withdrawal_id').notNull(),
    accountId: text('account_id').notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.withdrawalId, table.accountId] })],
);

/** A few pieces of something, for members first. `hold_hours` is how long a piece is kept for who has it. */
export const drops = sqliteTable(
  'drops',
  {
    id: id(),
    texts: text().notNull(),
    sku: text(),
    stock: count().notNull(),
    closesAt: instant('closes_at').notNull(),
    holdHours: count('hold_hours'),
    ...done,
  },
  (table) => [index('drops_closing').on(table.closesAt), check('drops_stock', sql`stock > 0`)],
);

/** From when on a level, and those above it, may claim. */
export const dropWindows = sqliteTable(
  'drop_windows',
  {
    dropId: text('drop_id').notNull(),
    level: text().notNull(),
    opensAt: instant('opens_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.dropId, table.level] }),
    index('drop_windows_opening').on(table.opensAt),
  ],
);

/** A drop that ended before its time. Append-only. */
export const dropClosings = sqliteTable('drop_closings', {
  dropId: text('drop_id').primaryKey(),
  reason: text(),
  ...done,
});

/** Who wants a piece, in the order of `seq`; once per account. Append-only. */
export const dropClaims = sqliteTable(
  'drop_claims',
  {
    id: id(),
    dropId: text('drop_id').notNull(),
    seq: count().notNull(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('drop_claims_account').on(table.accountId),
    uniqueIndex('drop_claims_once').on(table.dropId, table.accountId),
    uniqueIndex('drop_claims_order').on(table.dropId, table.seq),
  ],
);

/** A claim that has a piece; one without waits. No more stand than there are pieces. Append-only. */
export const dropGrants = sqliteTable(
  'drop_grants',
  {
    claimId: text('claim_id').primaryKey(),
    dropId: text('drop_id').notNull(),
    at: instant().notNull(),
    /** When the piece goes to the next in line. */
    until: instant(),
  },
  (table) => [index('drop_grants_drop').on(table.dropId), index('drop_grants_until').on(table.until)],
);

/** What became of a claim: given up, not fetched in time, or handed over. Append-only. */
export const dropClaimEndings = sqliteTable(
  'drop_claim_endings',
  {
    claimId: text('claim_id').primaryKey(),
    dropId: text('drop_id').notNull(),
    outcome: text({ enum: ['cancelled', 'expired', 'collected'] }).notNull(),
    ...done,
  },
  (table) => [index('drop_claim_endings_drop').on(table.dropId)],
);

/** Which members have been told that a drop is open to them. */
export const dropNotices = sqliteTable(
  'drop_notices',
  {
    dropId: text('drop_id').notNull(),
    accountId: text('account_id').notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.dropId, table.accountId] })],
);

export const clubEvents = sqliteTable(
  'club_events',
  {
    id: id(),
    texts: text().notNull(),
    place: text().notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    places: count().notNull(),
    /** How many each may bring. */
    guestsMax: count('guests_max').notNull(),
    answerUntil: instant('answer_until').notNull(),
    ...done,
  },
  (table) => [index('club_events_start').on(table.startsAt)],
);

/** Append-only. */
export const clubEventCancellations = sqliteTable('club_event_cancellations', {
  eventId: text('event_id').primaryKey(),
  reason: text().notNull(),
  ...done,
});

/**
 * All answers in the order in which they came; a later one of the same person replaces the earlier. Who has a place
 * follows from them all. `(event_id, seq)` is the lock: two answers cannot be decided on the same state. Append-only.
 */
export const clubEventAnswers = sqliteTable(
  'club_event_answers',
  {
    eventId: text('event_id').notNull(),
    seq: count().notNull(),
    customerId: text('customer_id').notNull(),
    accountId: text('account_id').notNull(),
    answer: text({ enum: ['yes', 'no', 'maybe'] }).notNull(),
    guests: count().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.seq] }),
    index('club_event_answers_customer').on(table.customerId),
    index('club_event_answers_account').on(table.accountId),
  ],
);

/** Who has been invited to an event, and reminded of it. */
export const clubEventNotices = sqliteTable(
  'club_event_notices',
  {
    eventId: text('event_id').notNull(),
    customerId: text('customer_id').notNull(),
    kind: text({ enum: ['invitation', 'reminder'] }).notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.customerId, table.kind] })],
);

/** What a member shows of themselves to those who show themselves; the newest counts. Append-only. */
export const directoryChoices = sqliteTable(
  'directory_choices',
  {
    id: id(),
    customerId: text('customer_id').notNull(),
    accountId: text('account_id').notNull(),
    isShown: flag('is_shown').notNull(),
    name: text().notNull(),
    company: text(),
    interests: text(),
    at: instant().notNull(),
  },
  (table) => [index('directory_choices_customer').on(table.customerId, table.id)],
);

/** A message from member to member. Once both have given theirs, each sees the other's address. Append-only. */
export const directoryMessages = sqliteTable(
  'directory_messages',
  {
    id: id(),
    fromId: text('from_id').notNull(),
    toId: text('to_id').notNull(),
    text: text().notNull(),
    givesAddress: flag('gives_address').notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('directory_messages_to').on(table.toId, table.at),
    index('directory_messages_from').on(table.fromId, table.at),
  ],
);

/** A question to the members before something is decided; `choices` is a JSON list of texts by language. */
export const panelQuestions = sqliteTable(
  'panel_questions',
  {
    id: id(),
    texts: text().notNull(),
    choices: text().notNull(),
    closesAt: instant('closes_at').notNull(),
    ...done,
  },
  (table) => [index('panel_questions_closing').on(table.closesAt)],
);

/** One answer for each person. Append-only. */
export const panelAnswers = sqliteTable(
  'panel_answers',
  {
    questionId: text('question_id').notNull(),
    customerId: text('customer_id').notNull(),
    accountId: text('account_id').notNull(),
    choice: count().notNull(),
    comment: text(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.questionId, table.customerId] })],
);

/** What was decided, told to those who were asked. Append-only. */
export const panelOutcomes = sqliteTable('panel_outcomes', {
  questionId: text('question_id').primaryKey(),
  texts: text().notNull(),
  ...done,
});
