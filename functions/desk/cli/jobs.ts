import { listLags } from '../../ground/feed/positions.ts';
import { runJobs as run } from '../../ground/jobs/run-jobs.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const runJobs: Command = {
  arguments: ['[NAME]'],
  options: {},
  about:
    'A server runs its jobs by itself. Without NAME all of them run; with one that is none of them, it says which there are.',
  examples: ['jobs run', 'jobs run settle'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const name = call.argument(0);
        const runs = await run(ctx, name === '' ? {} : { name });
        const behind = new Map((await listLags(ctx)).map((lag) => [lag.name, lag.behind]));
        const told = runs.map((one) => ({ ...one, changes_behind: behind.get(one.name) ?? 0 }));
        const rows = told.map((one) => [
          one.name,
          one.failure ?? 'done',
          `${one.duration_ms} ms`,
          one.changes_behind > 0 ? `${one.changes_behind} changes behind` : '',
        ]);
        await call.io.answer(told, tableLines(rows));
        return runs.every(({ failure }) => failure === null) ? 0 : 1;
      },
      { usesSecret: true, house: await call.loadHouse() },
    ),
};
