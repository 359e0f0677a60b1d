import { statement } from '../../../../db/query.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { AROUND, type Finder, finderOf } from '../../../ground/personal/mask-text.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';
import { keepFailure, refusedFile } from '../refused-file.ts';
import { deleteFile, deleteNoting } from './delete-file.ts';
import { moveRun } from './move-run.ts';
import type { ImportRunState } from './run.ts';
import { forgetRun, rejectedName } from './run-tools.ts';

/** In these a file would bring back whom it names. */
const bringing: readonly ImportRunState[] = ['checking', 'checked', 'waiting', 'running', 'failed'];

/**
 * Deletes files of imports that name somebody who was erased, given texts that name nobody else: rows that were rejected, and
 * whole files. A run that would bring them in ends, and says why; what it wrote already stays. Archives are not looked at: who
 * was erased is erased again when one has come in.
 */
export async function forgetNamed(ctx: Context, words: readonly string[]): Promise<void> {
  const finder = finderOf(words);
  if (ctx.largeFiles === null || finder === null) return;
  const longest = Math.max(...words.map((word) => word.length));
  const named = (name: string) => isNamed(ctx, { name, finder, longest });
  const { fresh } = ctx.db;
  const rejected = await fresh.read(statement('SELECT id FROM import_runs WHERE rejected_rows > 0'));
  for (const [id] of rejected) {
    const name = rejectedName(String(id));
    const gone = statement('UPDATE import_runs SET rejected_rows = 0 WHERE id = ?', String(id));
    if (await named(name)) await deleteNoting(ctx, { name, gone });
  }
  const files = await fresh.read(
    statement("SELECT id FROM import_runs WHERE file_bytes > 0 AND kind <> 'archive'"),
  );
  for (const [id] of files) if (await named(String(id))) await endRun(ctx, String(id));
}

async function endRun(ctx: Context, id: string): Promise<void> {
  const failure = keepFailure(refusedFile('names_erased'));
  await moveRun(ctx, id, ({ state }) =>
    bringing.includes(state)
      ? {
          to: 'failed',
          set: { failure, look: null, preview: null, finished_at: ctx.now() },
          rows: forgetRun(id),
        }
      : unchanged,
  );
  await deleteFile(ctx, id);
}

/** One that cannot be read is passed over, and told of in the log. */
async function isNamed(
  ctx: Context,
  { name, finder, longest }: { name: string; finder: Finder; longest: number },
): Promise<boolean> {
  try {
    const chunks = (await ctx.largeFiles?.read(name)) ?? null;
    return chunks !== null && (await isNamedIn(chunks, finder, longest));
  } catch (error) {
    ctx.log.warn('A file of an import could not be searched for who was erased: {reason}', {
      name,
      reason: reasonOf(error),
    });
    return false;
  }
}

/** Words lie across pieces, too: what ends a piece is looked at with the next, when what stands around it is known. */
async function isNamedIn(
  chunks: AsyncIterable<Uint8Array>,
  finder: Finder,
  longest: number,
): Promise<boolean> {
  const decoder = new TextDecoder();
  let text = '';
  let known = 0;
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    const { length } = text;
    if (finder(text).some(({ begin, end }) => begin >= known && end + AROUND <= length)) return true;
    text = text.slice(-4 * (longest + AROUND));
    if (text.length < length) known = AROUND;
  }
  return finder(text).some(({ begin }) => begin >= known);
}
