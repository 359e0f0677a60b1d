import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, id, instant } from './columns.ts';

/** The public half of a key that somebody's device keeps (WebAuthn level 3): they sign in by it instead of a code. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    id: id(),
    kind: text({ enum: ['customer', 'staff'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    /** By which the device knows it, base64url. */
    credentialId: text('credential_id').notNull().unique(),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    /** How often it signed, where the device counts; one that goes back was copied. */
    counter: count().notNull(),
    /** How the device is reached, with spaces between. */
    transports: text().notNull(),
    name: text().notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [index('passkeys_subject').on(table.kind, table.subjectId)],
);
