import { exactJson } from '../../ground/platform/exact-json.ts';
import { csvLine } from '../../reach/exports/csv.ts';
import { type AccountBalance, listBalances } from '../../reach/exports/list-balances.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';

const columns = ['account', 'email', 'currency', 'spend', 'available', 'pending', 'debt'] as const;

export const balances: Command = {
  arguments: [],
  options: {},
  about:
    "One row per account by email, in whole minor units. The account's name is empty for a customer's own.\n" +
    'spend is that of all orders not cancelled, available can be spent now, pending waits to be settled,\n' +
    'debt is what returns took beyond the balance.',
  examples: ['balances > balances.csv', 'balances --json'],
  run: async ({ io, defaults }) => {
    await withContext(defaults, async (ctx) => {
      let isFirst = true;
      await io.write(io.isJson ? '[' : csvLine(columns));
      for await (const page of listBalances(ctx)) {
        if (page.length === 0) continue;
        const separator = isFirst ? '\n' : ',\n';
        await io.write(
          io.isJson
            ? separator + page.map(exactJson).join(',\n')
            : page.map((row) => csvLine(cells(row))).join(''),
        );
        isFirst = false;
      }
      if (io.isJson) await io.write('\n]\n');
    });
    return 0;
  },
};

const cells = (balance: AccountBalance) => columns.map((column) => balance[column]);
