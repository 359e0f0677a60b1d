import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openEmbedded } from '../../../db/embedded.ts';
import { restore as putBack } from '../backup/restore.ts';
import { reapplyErasures } from '../erasure/reapply-erasures.ts';
import { checkInThreads } from '../verify/check-in-threads.ts';
import { type CheckAll, verify } from '../verify/verify.ts';
import { CliError, type Command } from './command.ts';
import { contextOver, prepare, readSettings } from './context.ts';
import { leftLines } from './privacy-erase.ts';
import { openProgress } from './progress.ts';

export const restore: Command = {
  arguments: ['FILE'],
  options: {},
  about:
    'The database file of DATABASE_URL must not exist or be empty. The backup is checked, brought to this release and\n' +
    'verified before it takes that place; a restore that fails leaves nothing behind. To go back to the release before an\n' +
    'upgrade, stop the server, move the database away, and let that release restore the copy that the upgrade left\n' +
    'beside it: an older release does not open what a later one has upgraded.',
  examples: ['restore backups/2026-03-01.db', 'restore data/regulars.before-0.2.0-2026-11-28-213000.db'],
  run: async ({ io, argument, defaults, loadHouse }) => {
    const { config, place } = readSettings();
    if (place.kind !== 'file')
      throw new CliError('Restore a database server’s backup with that server’s own tools.');
    mkdirSync(dirname(place.path), { recursive: true, mode: 0o700 });
    const paths = { backupPath: argument(0), databasePath: place.path };
    const house = await loadHouse();
    let erased = 0;
    const left: string[] = [];
    const { accounts, entries, differences } = await putBack(paths, async (path) => {
      const db = openEmbedded(path);
      try {
        // What it was made of stays as it is.
        await prepare(db, { kind: 'file', path }, { isCopied: false });
        // Whoever was erased since does not come back with the backup.
        erased = await reapplyErasures(contextOver(db, { config, defaults, house }), (id) => left.push(id));
        const progress = openProgress(io, 'accounts');
        const onProgress = (done: number) => progress.show('Verifying', done, null);
        const checkAll: CheckAll = (ctx, told) => checkInThreads(ctx, { path }, told);
        return await verify(contextOver(db, { config, defaults }), { onProgress, checkAll }).finally(
          progress.end,
        );
      } finally {
        db.close();
      }
    });
    await io.answer({ file: place.path, accounts, entries, differences, erased, notErased: left }, [
      `Restored to ${place.path}: ${accounts} accounts, ${entries} ledger entries, ${differences} differences.`,
      ...(erased > 0 ? [`Erased again: ${erased} customers.`] : []),
    ]);
    for (const line of leftLines(left)) io.warn(line);
    return differences === 0 && left.length === 0 ? 0 : 1;
  },
};
