import type { FeedbackReport } from '../../reach/imports/feedback/report.ts';
import { importFeedback as runImport } from '../../reach/imports/on-node/by-path.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { otherFile, tellRejected } from './import-orders.ts';
import type { Io } from './io.ts';
import { openProgress } from './progress.ts';

export const importFeedback: Command = {
  arguments: ['FILE'],
  options: {
    'dry-run': { summary: 'Report what would happen, write nothing' },
    rejected: {
      summary: 'Where to write the rows that were refused, to mend and import again',
      value: 'FILE',
    },
  },
  about:
    'Reads what export feedback wrote whole: CSV, NDJSON or JSON. Ids, times and words stay as they are; what is there already\n' +
    'is left alone. Rows that are wrong are reported, and written as a CSV by --rejected. Attachments and internal notes are not in such a file.',
  examples: ['import feedback feedback.csv', 'import feedback feedback.ndjson --dry-run'],
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
          onProgress: ({ phase, rows, of }) =>
            progress.show(phase === 'read' ? 'Reading' : 'Importing', rows, of),
        }).finally(progress.end);
        await io.answer(report, lines(report, isDryRun));
        if (!io.isJson) tellErrors(io, report);
        tellRejected(io, report.rejectedRows, call.text('rejected'));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function lines({ answers, customers, lines: rows, seconds }: FeedbackReport, isDryRun: boolean): string[] {
  const { created, unchanged, rejected } = answers;
  return [
    `Answers: ${created} created, ${unchanged} unchanged, ${rejected} rejected`,
    `New customers: ${customers.created}`,
    `${rows} rows in ${seconds.toFixed(1)} s`,
    ...(isDryRun ? ['A dry run: nothing was written.'] : []),
  ];
}

const ERRORS_SHOWN = 20;

function tellErrors(io: Io, { errors, answers }: FeedbackReport): void {
  for (const { line, id, reason } of errors.slice(0, ERRORS_SHOWN))
    io.warn(`Line ${line}${id === '' ? '' : `, ${id}`}: ${reason}`);
  const more = answers.rejected - ERRORS_SHOWN;
  if (more > 0) io.warn(`… and ${more} more; --json shows them all.`);
}
