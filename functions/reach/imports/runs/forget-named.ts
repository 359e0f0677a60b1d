import { statement } from '../../../../db/query.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { deleteFile, deleteNoting } from './delete-file.ts';
import { rejectedName } from './run-tools.ts';

/**
 * Deletes files of imports that name somebody, given texts by which they are known, in small letters: rows that were rejected,
 * and whole files that no run works on.
 */
export async function forgetNamed(ctx: Context, words: readonly string[]): Promise<void> {
  const { db, largeFiles } = ctx;
  if (largeFiles === null || words.length === 0) return;
  const isNaming = async (name: string) => {
    const chunks = await largeFiles.read(name);
    return chunks !== null && (await isNamed(chunks, words));
  };
  const rejected = await db.fresh.read(statement('SELECT id FROM import_runs WHERE rejected_rows > 0'));
  for (const [id] of rejected) {
    const name = rejectedName(String(id));
    const gone = statement('UPDATE import_runs SET rejected_rows = 0 WHERE id = ?', String(id));
    if (await isNaming(name)) await deleteNoting(ctx, { name, gone });
  }
  const left = await db.fresh.read(
    statement(`SELECT id FROM import_runs WHERE file_bytes > 0 AND state IN ('checked', 'done', 'failed', 'cancelled', 'undone')
      AND kind <> 'archive'`),
  );
  for (const [id] of left) if (await isNaming(String(id))) await deleteFile(ctx, String(id));
}

/** Words lie across pieces, too. */
async function isNamed(chunks: AsyncIterable<Uint8Array>, words: readonly string[]): Promise<boolean> {
  const decoder = new TextDecoder();
  const longest = Math.max(...words.map((word) => word.length));
  let before = '';
  for await (const chunk of chunks) {
    const text = before + decoder.decode(chunk, { stream: true }).toLowerCase();
    if (words.some((word) => text.includes(word))) return true;
    before = text.slice(-longest);
  }
  return false;
}
