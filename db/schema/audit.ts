import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant } from './columns.ts';

/** What somebody of the business did, and to what. Append-only. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    actor: text().notNull(),
    /** The verb and its noun, such as `feedback.assigned`. */
    act: text().notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    /** JSON with ids, codes and amounts; no personal data. */
    detail: text().notNull(),
  },
  (table) => [
    index('audit_log_at').on(table.at, table.id),
    index('audit_log_actor').on(table.actor, table.at),
    index('audit_log_subject').on(table.subjectKind, table.subjectId, table.at),
  ],
);
