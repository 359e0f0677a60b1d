import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { columns, copyErasures, type KeptErasure, readRow } from './erasure-list.ts';

/**
 * Finishes what erasures leave beside what they write: files, the copy of the list, the last mail once it was sent, and what
 * the database keeps of what it deletes. Answers whether nothing is left to do; without a store no copy can be written, and
 * nothing is finished until there is one. `isLater` is one more try of what was not finished at once.
 */
export async function finishErasures(ctx: Context, { isLater = false } = {}): Promise<boolean> {
  const { files } = ctx;
  const db = ctx.db.fresh;
  const open = await db.read(
    statement(`SELECT ${columns} FROM erasures WHERE finished_at IS NULL ORDER BY seq LIMIT 500`),
  );
  const mails = await db.read(statement(`SELECT id FROM outbox WHERE ${isLastMail} LIMIT 500`));
  if (open.length === 0 && mails.length === 0) return true;
  if (files === null && isLater && mails.length === 0 && isPast(ctx, open.map(readRow))) return false;
  try {
    await deleteFiles(ctx);
    if (files !== null) await copyErasures({ db: ctx.db, files }, open.map(readRow));
    await db.write([statement(`DELETE FROM outbox WHERE ${isLastMail}`)]);
    await mergeIndexes(db);
    if (!(await sweep(db)) || files === null) return false;
  } catch (error) {
    ctx.log.warn('An erasure waits to be finished: {error}', { error });
    return false;
  }
  const last = open.at(-1)?.[1] ?? 0n;
  await db.write([
    statement(
      'UPDATE erasures SET finished_at = ? WHERE finished_at IS NULL AND seq <= ?',
      ctx.now(),
      Number(last),
    ),
  ]);
  return true;
}

/** By then all was done of erasures that can be without a store. */
const SWEPT_WITHIN_MS = 24 * 3_600_000;
const isPast = (ctx: Context, open: readonly KeptErasure[]) =>
  open.every(({ at }) => at < ctx.now() - SWEPT_WITHIN_MS);

const isLastMail =
  "template = 'erased' AND (sent_at IS NOT NULL OR failed_at IS NOT NULL OR withheld_at IS NOT NULL)";

async function deleteFiles(ctx: Context): Promise<void> {
  if (ctx.files === null) return;
  const rows = await ctx.db.fresh.read(statement('SELECT stored_as FROM erased_files'));
  for (const [name] of rows) {
    await ctx.files.delete(String(name));
    await ctx.db.write([statement('DELETE FROM erased_files WHERE stored_as = ?', String(name))]);
  }
}

/** What was taken out of an index of words stands in its older parts until they are merged. */
const indexes = ['customer_words', 'own_words', 'feedback_words', 'contact_words'];

async function mergeIndexes(db: Store): Promise<void> {
  for (const index of indexes)
    await db.write([statement(`INSERT INTO ${index} (${index}) VALUES ('optimize')`)]);
}

/**
 * Brings a file's own log into the file, where all that is deleted is overwritten, and empties it; false while a reader holds it.
 * A server keeps its log itself: what is in it is over when it writes its next snapshot.
 */
async function sweep(db: Store): Promise<boolean> {
  if (db.engine === 'remote') return true;
  const [row] = await db.read(statement('PRAGMA wal_checkpoint(TRUNCATE)'));
  return row?.[0] === 0n;
}
