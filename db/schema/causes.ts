import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { causeEventKinds } from '../kinds.ts';
import { count, done, id, instant } from './columns.ts';

/**
 * A problem area that cases share. It is closed with a change, told in each language of the business and shown in public
 * from `published_at` on, or with a stated no. The row repeats what its events say last;
 * the key of the next is the lock.
 */
export const causes = sqliteTable(
  'causes',
  {
    id: text().primaryKey(),
    name: text().notNull().unique(),
    openedAt: instant('opened_at').notNull(),
    openedBy: text('opened_by').notNull(),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
    outcome: text({ enum: ['changed', 'declined'] }),
    /** JSON: what was changed, or why not, by language. */
    changeText: text('change_text'),
    publishedAt: instant('published_at'),
    /** What of the business's doing it lies in, such as delivery, in its own words. */
    process: text(),
    /** For whom the business does it that way; NULL while nobody has said. */
    convenientFor: text('convenient_for', { enum: ['customers', 'us'] }),
    /** Who of the staff sees to it, and by which business day. */
    ownerId: text('owner_id'),
    dueOn: text('due_on'),
    /** When it was closed before it was opened again last; NULL of what was never opened again. */
    closedBefore: instant('closed_before'),
  },
  (table) => [
    index('causes_due').on(table.dueOn).where(sql`due_on IS NOT NULL AND closed_at IS NULL`),
    index('causes_published').on(table.publishedAt).where(sql`published_at IS NOT NULL`),
    check('causes_closed_whole', sql`(closed_at IS NULL) = (outcome IS NULL)`),
    check('causes_published_closed', sql`published_at IS NULL OR outcome = 'changed'`),
  ],
);

/** What is to be done about a cause, one thing after the other. */
export const causeSteps = sqliteTable(
  'cause_steps',
  {
    id: id(),
    causeId: text('cause_id')
      .notNull()
      .references(() => causes.id),
    what: text().notNull(),
    ...done(),
    outcome: text({ enum: ['done', 'dropped'] }),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (table) => [
    index('cause_steps_cause').on(table.causeId, table.id),
    check(
      'cause_steps_ended',
      sql`(outcome IS NULL) = (ended_at IS NULL) AND (outcome IS NULL) = (ended_by IS NULL)`,
    ),
  ],
);

/** Everything that happened with a cause. Append-only. */
export const causeEvents = sqliteTable(
  'cause_events',
  {
    causeId: text('cause_id')
      .notNull()
      .references(() => causes.id),
    seq: count().notNull(),
    kind: text({ enum: causeEventKinds }).notNull(),
    /** The step, the member of staff or the feedback that the event is about. */
    subjectId: text('subject_id'),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.causeId, table.seq] })],
);
