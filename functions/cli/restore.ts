import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { restore as putBack } from '../backup/restore.ts';
import { verify } from '../verify/verify.ts';
import { CliError, type Command } from './command.ts';
import { readSettings, withContext } from './context.ts';
import { openProgress } from './progress.ts';

export const restore: Command = {
  arguments: ['FILE'],
  options: {},
  about:
    'The database file of DATABASE_URL must not exist or be empty. The backup is checked, brought to this release and\n' +
    'verified.',
  examples: ['restore backups/2026-03-01.db'],
  run: async ({ io, argument }) => {
    const { place } = readSettings();
    if (place.kind !== 'file')
      throw new CliError('A backup of a database server is restored by that server.');
    mkdirSync(dirname(place.path), { recursive: true });
    await putBack(argument(0), place.path);
    return withContext(async (ctx) => {
      const progress = openProgress(io, 'accounts');
      const { accounts, entries, differences } = await verify(ctx, {
        onProgress: (done) => progress.show('Verifying', done, null),
      }).finally(progress.end);
      await io.answer({ file: place.path, accounts, entries, differences }, [
        `Restored to ${place.path}: ${accounts} accounts, ${entries} ledger entries, ${differences} differences.`,
      ]);
      return differences === 0 ? 0 : 1;
    });
  },
};
