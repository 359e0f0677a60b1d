import { assignManager } from '../../people/managers/assign-manager.ts';
import { getManagersDesk } from '../../people/managers/get-managers-desk.ts';
import { importManagers } from '../../reach/imports/on-node/by-path.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { otherFile, tellRejected } from './import-orders.ts';
import { tableLines } from './text.ts';

export const listManagers: Command = {
  arguments: [],
  options: {},
  about:
    'Who looks after how many accounts, and how many of them the rules gave. export managers tells each.',
  examples: ['managers list'],
  run: async ({ io, defaults, loadHouse }) =>
    withContext(
      defaults,
      async (ctx) => {
        const { team } = await getManagersDesk(ctx);
        await io.answer(
          team,
          tableLines(
            team.map(({ name, accounts, byRule }) => [name, `${accounts} accounts`, `${byRule} by rule`]),
          ),
        );
        return 0;
      },
      { house: await loadHouse() },
    ),
};

export const assignOne: Command = {
  arguments: ['ACCOUNT', '[EMAIL]'],
  options: { why: { summary: 'Kept for the team', value: 'TEXT' } },
  about: 'Gives an account, by its id, into the hands of who has EMAIL; without EMAIL the rules decide.',
  examples: ['managers assign 0199c1d2e3f47a5b8c6d7e8f90a1b2c3 nina@shop.example --why "speaks French"'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const manager = call.argument(1) || null;
        const given = await assignManager(ctx, {
          accountId: call.argument(0),
          manager,
          why: call.text('why'),
        });
        await call.io.answer(given, [
          given.manager === null
            ? 'The account is in nobody’s hands.'
            : `The account is in the hands of ${given.manager.name ?? given.manager.email}.`,
        ]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const importAssignments: Command = {
  arguments: ['FILE'],
  options: {
    'dry-run': { summary: 'Report what would happen, write nothing' },
    rejected: {
      summary: 'Where to write the rows that were refused, to mend and import again',
      value: 'FILE',
    },
  },
  about:
    'A CSV with manager (an email, or empty for the rules) and account_id or email, and why. It reads what export managers\n' +
    'wrote; rows that rules gave are left to them. Rows that are wrong are told and left out.',
  examples: ['managers import managers.csv', 'managers import managers.csv --dry-run'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const path = call.argument(0);
        const rejectedTo = otherFile(path, call.text('rejected'));
        const report = await importManagers(ctx, { path, rejectedTo, isDryRun: call.isOn('dry-run') });
        const { given, same, byRule, rejected, errors } = report;
        await call.io.answer(report, [
          `${given} given, ${same} in these hands before, ${byRule} left to rules, ${rejected} left out`,
        ]);
        if (!call.io.isJson) for (const { line, reason } of errors) call.io.warn(`Line ${line}: ${reason}`);
        tellRejected(call.io, report.rejectedRows, rejectedTo);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};
