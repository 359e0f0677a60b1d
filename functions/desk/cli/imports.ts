import { type ImportSummary, listImports as list } from '../../reach/imports/list-imports.ts';
import type { ImportReport } from '../../reach/imports/report.ts';
import type { RunReport } from '../../reach/imports/runs/run-report.ts';
import { undoImport as undo } from '../../reach/imports/undo-import.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { openProgress } from './progress.ts';
import { tableLines, timeText } from './text.ts';

export const listImports: Command = {
  arguments: [],
  options: {},
  about:
    'Orders, customers, feedback and account managers, by command, page or program, newest first. An interrupted import is\n' +
    'finished by importing its file again.',
  examples: ['imports list', 'imports list --json'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const imports = await list(ctx);
      const json = imports.map(({ report, ...rest }) => ({
        ...rest,
        startedAt: new Date(rest.startedAt).toISOString(),
        report: report === null ? null : readReport(report),
      }));
      await io.answer(json, tableLines(imports.map(cells)));
      if (imports.length === 0) io.note('Nothing was imported yet.');
      return 0;
    }),
};

export const undoImport: Command = {
  arguments: ['ID'],
  options: {},
  about:
    'Removes the orders of an import, takes from older ones what it told of them, and takes back what all that earned, as\n' +
    'long as nothing was built on it: no news of these orders, nothing spent by their accounts.',
  examples: ['imports undo 0198f3a2c4d57e0f9a1b2c3d4e5f6071'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const progress = openProgress(call.io, 'accounts');
        const undone = await undo(ctx, call.argument(0), (accounts) =>
          progress.show('Undoing', accounts, null),
        ).finally(progress.end);
        await call.io.answer(undone, [
          `${undone.orders} orders of ${undone.accounts} accounts were taken back.`,
          ...(undone.restored === 0
            ? []
            : [`${undone.restored} orders of before are again what they were before it.`]),
        ]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function cells({ id, kind, fileName, startedAt, state, report }: ImportSummary): string[] {
  const told = report === null ? null : readReport(report);
  const counts = told === null || !('orders' in told) ? told : told.orders;
  const text =
    counts === null
      ? ''
      : `${counts.created} created, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.rejected} rejected`;
  return [id, timeText(startedAt), state, kind, fileName, text];
}

function readReport(text: string): ImportReport | RunReport {
  return JSON.parse(text);
}
