import { jobs } from '../jobs/jobs.ts';
import { runJobs as run } from '../jobs/run-jobs.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const runJobs: Command = {
  arguments: ['[NAME]'],
  options: {},
  about: `A server runs its jobs by itself. NAME is one of ${jobs.map(({ name }) => name).join(', ')}.`,
  examples: ['jobs run', `jobs run ${jobs[0]?.name ?? ''}`],
  run: (call) =>
    withContext(
      async (ctx) => {
        const name = call.argument(0);
        const runs = await run(ctx, name === '' ? {} : { name });
        const rows = runs.map((one) => [one.name, one.failure ?? 'done', `${one.duration_ms} ms`]);
        await call.io.answer(runs, tableLines(rows));
        return runs.every(({ failure }) => failure === null) ? 0 : 1;
      },
      { usesSecret: true },
    ),
};
