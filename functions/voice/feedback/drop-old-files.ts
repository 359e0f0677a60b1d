import { asc, lt, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { feedbackAttachments } from '../../../db/schema/index.ts';
import type { RetentionSlice } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';

const listOldFiles = query((db) =>
  db
    .select({ id: feedbackAttachments.id, storedAs: feedbackAttachments.storedAs })
    .from(feedbackAttachments)
    .where(lt(feedbackAttachments.at, sql.placeholder('before')))
    .orderBy(asc(feedbackAttachments.at))
    .limit(sql.placeholder('limit')),
);

/** Deletes files that came with feedback long ago, each before the row that names it: what fails is found again. */
export async function dropOldFiles(
  { db, files }: Context,
  { before, limit }: RetentionSlice,
): Promise<number> {
  if (files === null) return 0;
  const old = await listOldFiles(db.fresh, { before, limit });
  if (old.length === 0) return 0;
  for (const { storedAs } of old) await files.delete(storedAs);
  await db.write([
    statement(
      'DELETE FROM feedback_attachments WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(old.map(({ id }) => id)),
    ),
  ]);
  return old.length;
}
