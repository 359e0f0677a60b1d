import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { erasedParams } from '../../ground/outbox/erased-params.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { deleteNamedFiles } from '../../reach/imports/runs/forget-named.ts';
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
  const mails = await db.read(statement(`SELECT id FROM ${lastMails} LIMIT 1`));
  if (open.length === 0 && mails.length === 0) return true;
  if (files === null && isLater && mails.length === 0 && isPast(ctx, open.map(readRow))) return false;
  try {
    await deleteNamedFiles(ctx);
    await deleteFiles(ctx);
    if (files !== null) await copyErasures({ db: ctx.db, files }, open.map(readRow));
    await db.write([forgetLastMails]);
    const isMerged = await mergeIndexes(db, isLater ? () => ctx.isEnding?.() === true : within(AT_ONCE_MS));
    if (!isMerged || !(await sweep(db)) || files === null) return false;
  } catch (error) {
    ctx.log.warn('An erasure waits to be finished: {reason}', { reason: reasonOf(error) });
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
const SWEPT_WITHIN_MS = DAY_MS;
const isPast = (ctx: Context, open: readonly KeptErasure[]) =>
  open.every(({ at }) => at < ctx.now() - SWEPT_WITHIN_MS);

/** Mail to an address alone is the least part of all. */
const lastMails = `outbox INDEXED BY outbox_address WHERE address IS NOT NULL AND template = 'erased'
  AND (sent_at IS NOT NULL OR failed_at IS NOT NULL OR withheld_at IS NOT NULL)`;

/** That there was one stays, so that what the provider tells of it later is known to be of nobody. */
const forgetLastMails = statement(
  `UPDATE outbox SET address = NULL, language = NULL, rendered = NULL, letter = NULL, params = '${erasedParams}',
     failure = CASE WHEN sent_at IS NULL THEN 'recipient_gone' END, withheld_at = coalesce(withheld_at, failed_at)
   WHERE id IN (SELECT id FROM ${lastMails})`,
);

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

/** So many pages that nobody who writes meanwhile waits for long. */
const PAGES_A_STEP = 200;
const REST_MS = 10;
/** So long whoever pressed waits for it; the rest is the job's. */
const AT_ONCE_MS = 1500;

/**
 * Merges all parts of each index into one, a step at a time: the first looks at all of them, the others go on with what it began
 * (https://sqlite.org/fts5.html#the_merge_command). Answers whether it came to the end.
 */
async function mergeIndexes(db: Store, isOver: () => boolean): Promise<boolean> {
  const changes = statement('SELECT total_changes()');
  for (const index of indexes) {
    let pages = -PAGES_A_STEP;
    for (let isMerged = false; !isMerged; ) {
      if (isOver()) return false;
      const merge = statement(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`, pages);
      const [before, , after] = await db.write([changes, merge, changes]);
      isMerged = Number(after?.[0]?.[0]) - Number(before?.[0]?.[0]) < 2;
      pages = PAGES_A_STEP;
      if (!isMerged) await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }
  return true;
}

function within(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() > end;
}

/**
 * Brings a file's own log into the file, where all that is deleted is overwritten, and empties it; false while a reader holds it.
 * A server lets nobody decide that: its free parts, log and snapshots keep what was there until they are used again.
 */
async function sweep(db: Store): Promise<boolean> {
  if (db.engine === 'remote') return true;
  const [row] = await db.read(statement('PRAGMA wal_checkpoint(TRUNCATE)'));
  return row?.[0] === 0n;
}
