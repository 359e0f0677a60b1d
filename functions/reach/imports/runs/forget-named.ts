import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { FilesUnavailable } from '../../../ground/platform/file-store.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';
import { keepFailure, refusedFile } from '../refused-file.ts';
import { moveRun } from './move-run.ts';
import type { ImportRunState } from './run.ts';
import { forgetRun, rejectedName } from './run-tools.ts';
import { type FileSearch, searchFor } from './search-file.ts';

/** In these a file would bring back whom it names. */
const bringing: readonly ImportRunState[] = ['checking', 'checked', 'waiting', 'running', 'failed'];

/**
 * Files of imports that name somebody, given texts that name nobody else: rows that were rejected, and whole files, by the
 * names under which they lie. One that cannot be unpacked is among them, since nobody can say that it does not. Archives are not
 * looked at: who was erased is erased again when one has come in.
 * @throws {FilesUnavailable}
 */
export async function listNamedFiles(
  ctx: Context,
  words: readonly string[],
  isKnown: (name: string) => boolean = () => false,
): Promise<string[]> {
  const search = searchFor(words);
  if (ctx.largeFiles === null || search === null) return [];
  const rows = await ctx.db.fresh.read(
    statement(`SELECT id, rejected_rows > 0, file_bytes > 0 AND kind <> 'archive' FROM import_runs
      WHERE rejected_rows > 0 OR (file_bytes > 0 AND kind <> 'archive')`),
  );
  const names = rows.flatMap(([id, hasRejected, hasFile]) => [
    ...(hasRejected === 1n ? [rejectedName(String(id))] : []),
    ...(hasFile === 1n ? [String(id)] : []),
  ]);
  const found: string[] = [];
  for (const name of names) if (!isKnown(name) && (await isNamed(ctx, name, search))) found.push(name);
  return found;
}

async function isNamed(ctx: Context, name: string, search: FileSearch): Promise<boolean> {
  try {
    const chunks = (await ctx.largeFiles?.read(name)) ?? null;
    return chunks !== null && (await search(chunks));
  } catch (error) {
    if (error instanceof FilesUnavailable) throw error;
    ctx.log.warn('A file of an import could not be searched for who is erased, and goes: {reason}', {
      name,
      reason: reasonOf(error),
    });
    return true;
  }
}

/** Ends runs that would bring in what files of these names hold, with the reason; answers whether one was being brought in. */
export async function endNamedRuns(ctx: Context, names: readonly string[]): Promise<boolean> {
  const failure = keepFailure(refusedFile('names_erased'));
  let wasRunning = false;
  for (const id of names.filter((name) => !isRejected(name)))
    await moveRun(ctx, id, ({ state }) => {
      if (state === 'running') wasRunning = true;
      return bringing.includes(state)
        ? {
            to: 'failed',
            set: { failure, look: null, preview: null, finished_at: ctx.now() },
            rows: forgetRun(id),
          }
        : unchanged;
    });
  return wasRunning;
}

const isRejected = (name: string) => name.endsWith(rejectedName(''));

/** Notes which files are to be deleted, so that whatever happens they are. */
export const noteNamedFiles = (names: readonly string[]): Statement =>
  statement(
    'INSERT INTO erased_imports (name) SELECT value FROM json_each(?) WHERE TRUE ON CONFLICT DO NOTHING',
    JSON.stringify(names),
  );

/** Deletes the files that are noted. @throws {FilesUnavailable} */
export async function deleteNamedFiles(ctx: Context): Promise<void> {
  const rows = await ctx.db.fresh.read(statement('SELECT name FROM erased_imports'));
  if (rows.length === 0 || ctx.largeFiles === null) return;
  const names = rows.map(([name]) => String(name));
  await endNamedRuns(ctx, names);
  for (const name of names) {
    await ctx.largeFiles.delete(name);
    const gone = isRejected(name)
      ? statement(
          'UPDATE import_runs SET rejected_rows = 0 WHERE id = ?',
          name.slice(0, -rejectedName('').length),
        )
      : statement('UPDATE import_runs SET file_bytes = NULL WHERE id = ? AND file_bytes > 0', name);
    await ctx.db.write([gone, statement('DELETE FROM erased_imports WHERE name = ?', name)]);
  }
}
