import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { standardChannels, standardKinds } from '../kinds.ts';
import { count, done, flag, id, instant } from './columns.ts';

const ending = () => ({ endedAt: instant('ended_at'), endedBy: text('ended_by') });

/**
 * Within how many business hours who waits is answered, by what they told, who they are and how it came; NULL for any. A
 * change ends a row and begins another, so that each stays as it was.
 */
export const replyStandards = sqliteTable(
  'reply_standards',
  {
    id: id(),
    kind: text({ enum: standardKinds }).notNull(),
    audience: text({ enum: ['enquirer', 'buyer', 'premium'] }),
    level: text({ enum: ['first', 'repeat', 'advocate'] }),
    channel: text({ enum: standardChannels }),
    hours: count().notNull(),
    ...done(),
    ...ending(),
  },
  (table) => [
    uniqueIndex('reply_standards_once')
      .on(
        table.kind,
        sql`CASE WHEN audience IS NULL THEN '' ELSE audience END`,
        sql`CASE WHEN level IS NULL THEN '' ELSE level END`,
        sql`CASE WHEN channel IS NULL THEN '' ELSE channel END`,
      )
      .where(sql`ended_at IS NULL`),
    check('reply_standards_hours', sql`hours BETWEEN 1 AND 720`),
    check('reply_standards_ended', sql`(ended_at IS NULL) = (ended_by IS NULL)`),
  ],
);

/**
 * What is done about one kind of feedback, or about a contact of one channel, step by step; the newest of each stands. `steps` is
 * JSON: `[{"id", "what", "who", "proof"}]`; a step that stays as it was keeps its id.
 */
export const procedures = sqliteTable(
  'procedures',
  {
    id: id(),
    kind: text({ enum: standardKinds }).notNull(),
    /** NULL for any. */
    channel: text({ enum: standardChannels }),
    name: text().notNull(),
    steps: text().notNull(),
    ...done(),
    ...ending(),
  },
  (table) => [
    uniqueIndex('procedures_once')
      .on(table.kind, sql`CASE WHEN channel IS NULL THEN '' ELSE channel END`)
      .where(sql`ended_at IS NULL`),
    check('procedures_ended', sql`(ended_at IS NULL) = (ended_by IS NULL)`),
  ],
);

/** That a step was done for a case or a contact, or was not after all; the newest word of each counts. Append-only. */
export const procedureTicks = sqliteTable(
  'procedure_ticks',
  {
    id: id(),
    about: text({ enum: ['case', 'contact'] }).notNull(),
    /** The feedback or the contact. */
    aboutId: text('about_id').notNull(),
    stepId: text('step_id').notNull(),
    isDone: flag('is_done').notNull(),
    ...done(),
  },
  (table) => [index('procedure_ticks_about').on(table.aboutId, table.id)],
);
