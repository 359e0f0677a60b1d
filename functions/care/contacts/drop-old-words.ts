import { asc, lt, sql } from 'drizzle-orm';
import { closePass, openPass } from '../../../db/erasable.ts';
import { query, statement } from '../../../db/query.ts';
import { contactAttachments } from '../../../db/schema/index.ts';
import type { RetentionSlice } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';

const listOldWords = query((db) =>
  db
    .select({ id: sql<string>`id`.mapWith(String) })
    .from(sql`contacts INDEXED BY contacts_at`)
    .where(sql`at < ${sql.placeholder('before')} AND summary IS NOT NULL`)
    .orderBy(sql`at`)
    .limit(sql.placeholder('limit')),
);

const listOldFiles = query((db) =>
  db
    .select({ id: contactAttachments.id, storedAs: contactAttachments.storedAs })
    .from(contactAttachments)
    .where(lt(contactAttachments.at, sql.placeholder('before')))
    .orderBy(asc(contactAttachments.at))
    .limit(sql.placeholder('limit')),
);

/**
 * Forgets what was written down of contacts long ago, with every earlier wording of it, and deletes the files that came with
 * them. That there was a contact, when, with whom and how it went stays.
 */
export async function dropOldWords(ctx: Context, slice: RetentionSlice): Promise<number> {
  return (await dropSummaries(ctx, slice)) + (await dropFiles(ctx, slice));
}

async function dropSummaries({ db }: Context, slice: RetentionSlice): Promise<number> {
  const old = await listOldWords(db.fresh, { ...slice });
  if (old.length === 0) return 0;
  const ids = JSON.stringify(old.map(({ id }) => id));
  const theirs = 'WHERE contact_id IN (SELECT value FROM json_each(?))';
  await db.write([
    openPass,
    statement('UPDATE contacts SET summary = NULL WHERE id IN (SELECT value FROM json_each(?))', ids),
    statement(
      `UPDATE contact_entries SET content = json_set(content, '$.summary', NULL) ${theirs} AND content ->> '$.summary' IS NOT NULL`,
      ids,
    ),
    statement(`UPDATE contact_mails SET subject = NULL, quoted = NULL, left_out = NULL ${theirs}`, ids),
    closePass,
  ]);
  return old.length;
}

async function dropFiles({ db, files }: Context, slice: RetentionSlice): Promise<number> {
  if (files === null) return 0;
  const old = await listOldFiles(db.fresh, { ...slice });
  if (old.length === 0) return 0;
  for (const { storedAs } of old) await files.delete(storedAs);
  await db.write([
    statement(
      'DELETE FROM contact_attachments WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(old.map(({ id }) => id)),
    ),
  ]);
  return old.length;
}
