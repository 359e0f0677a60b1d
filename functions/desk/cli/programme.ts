import { getBusiness } from '../../money/business/business.ts';
import { type ProgrammeSet, setProgramme as runSet } from '../../money/programme/set-programme.ts';
import { fileOf, toProgrammeJson } from '../../money/rewards/programme.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { readJson } from './import-orders.ts';
import { openProgress } from './progress.ts';
import { moneyText } from './text.ts';

export const showProgramme: Command = {
  arguments: [],
  options: {},
  about: 'Prints the current programme file with every default. You can edit it and set it again.',
  examples: ['programme show > programme.json'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const { programme } = await getBusiness(ctx);
      const json = programme === null ? null : toProgrammeJson(fileOf(programme));
      if (json !== null) await io.write(`${JSON.stringify(json, null, 2)}\n`);
      else await io.answer(null, []);
      if (json === null) io.note('No programme is set yet.');
      return 0;
    }),
};

export const setProgramme: Command = {
  arguments: ['FILE'],
  options: { 'dry-run': { summary: 'Show what would be credited, write nothing' } },
  about:
    'Settles at once, also for orders already there. The same content again changes nothing. A rule missing from the\n' +
    'file ends today.',
  examples: ['programme set programme.json --dry-run', 'programme set programme.json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const progress = openProgress(call.io, 'accounts');
        const isDryRun = call.isOn('dry-run');
        const json = await readJson(call.argument(0));
        const set = await runSet(ctx, json, {
          isDryRun,
          onProgress: (accounts) => progress.show('Settling', accounts, null),
        }).finally(progress.end);
        const { posted, ...rest } = set;
        const { netMinor: amount, entries, accounts } = posted;
        const answer = { ...rest, isDryRun, posted: { accounts, entries, amount } };
        await call.io.answer(answer, lines(set, isDryRun));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function lines(set: ProgrammeSet, isDryRun: boolean): string[] {
  const { isChanged, revision, currency, rules, elsewhere, posted } = set;
  const money = moneyText(posted.netMinor, currency);
  const settled = `${money} in ${posted.entries} entries for ${posted.accounts} accounts`;
  if (!isChanged) {
    return posted.entries === 0
      ? ['Nothing changed: this is already the programme.']
      : ['Nothing changed: this is already the programme.', `Credited what was still due: ${settled}`];
  }
  return [
    isDryRun ? 'Dry run: nothing was written.' : `The programme is set, revision ${revision}.`,
    ...rules.map(({ id, version, change }) => `  ${id}, version ${version}: ${change}`),
    `${isDryRun ? 'Would post' : 'Posted'}: ${settled}`,
    ...elsewhere.map((one) => `Not counted, since they are in ${one.currency}: ${one.orders} orders`),
  ];
}
