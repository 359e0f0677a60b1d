import type { CustomersReport } from '../../reach/imports/customers/report.ts';
import { importCustomers as runImport } from '../../reach/imports/on-node/by-path.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { otherFile, tellRejected } from './import-orders.ts';
import type { Io } from './io.ts';
import { openProgress } from './progress.ts';

export const importCustomers: Command = {
  arguments: ['FILE'],
  options: {
    'dry-run': { summary: 'Report what would happen, write nothing' },
    rejected: {
      summary: 'Where to write the rows that were refused, to mend and import again',
      value: 'FILE',
    },
  },
  about:
    'Reads what export customers writes, and other CSV files with a column for the email. What is not known yet is learnt;\n' +
    'empty cells change nothing, and a row that contradicts what is known is refused. Again, it changes nothing.',
  examples: ['import customers customers.csv --dry-run', 'import customers customers.csv'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { io } = call;
        const isDryRun = call.isOn('dry-run');
        const progress = openProgress(io, 'rows');
        const report = await runImport(ctx, {
          path: call.argument(0),
          isDryRun,
          rejectedTo: otherFile(call.argument(0), call.text('rejected')),
          onProgress: ({ rows }) => progress.show(isDryRun ? 'Reading' : 'Importing', rows, null),
        }).finally(progress.end);
        await io.answer(report, lines(report, isDryRun));
        if (!io.isJson) tellErrors(io, report);
        tellRejected(io, report.rejectedRows, call.text('rejected'));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function lines(
  { customers, accounts, lines: rows, ignored, seconds }: CustomersReport,
  isDryRun: boolean,
): string[] {
  const { created, updated, unchanged, rejected } = customers;
  return [
    ...(ignored.length === 0 ? [] : [`Columns not used: ${ignored.join(', ')}`]),
    `Customers: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`,
    `New accounts: ${accounts.created}`,
    `${rows} rows in ${seconds.toFixed(1)} s`,
    ...(isDryRun ? ['A dry run: nothing was written.'] : []),
  ];
}

const ERRORS_SHOWN = 20;

function tellErrors(io: Io, { errors, customers }: CustomersReport): void {
  for (const { line, customer, reason } of errors.slice(0, ERRORS_SHOWN))
    io.warn(`Line ${line}${customer === '' ? '' : `, ${customer}`}: ${reason}`);
  const more = customers.rejected - ERRORS_SHOWN;
  if (more > 0) io.warn(`… and ${more} more; --json shows them all.`);
}
