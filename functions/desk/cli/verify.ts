import { checkInThreads } from '../verify/check-in-threads.ts';
import { verify as runVerify } from '../verify/verify.ts';
import type { Command } from './command.ts';
import { readSettings, withContext } from './context.ts';
import { openProgress } from './progress.ts';

const SHOWN = 20;

export const verify: Command = {
  arguments: [],
  options: {},
  about:
    'Recomputes counted spend, totals, order states, ledgers, lots and balances from orders, rules and causes, and\n' +
    'compares them with what is kept. Writes nothing. Exits with 1 when anything differs.',
  examples: ['verify', 'verify --json'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const { place } = readSettings();
      const progress = openProgress(io, 'accounts');
      const { found, waiting, inDoubt, ...verified } = await runVerify(ctx, {
        onProgress: (accounts) => progress.show('Verifying', accounts, null),
        ...(place.kind === 'file' && {
          checkAll: (own, onProgress) => checkInThreads(own, place, onProgress),
        }),
      }).finally(progress.end);
      const { accounts, entries, differences } = verified;
      await io.answer(differences === 0 ? verified : { ...verified, found }, [
        `${accounts} accounts, ${entries} ledger entries: ${differences} differences`,
      ]);
      if (waiting > 0) {
        io.warn(
          `${waiting} accounts wait to be counted under the newest programme; set it again to go on at once.`,
        );
      }
      for (const { account, what, expected, found: kept } of found.slice(0, SHOWN)) {
        io.warn(`${account === '' ? '' : `Account ${account}, `}${what}: should be ${expected}, is ${kept}`);
      }
      if (differences > SHOWN) io.warn(`… and ${differences - SHOWN} more; --json shows up to 1,000.`);
      return differences === 0 ? 0 : 1;
    }),
};
