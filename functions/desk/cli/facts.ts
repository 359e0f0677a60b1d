import { rebuildFacts } from '../../insight/facts/follow-facts.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { openProgress } from './progress.ts';

export const rebuild: Command = {
  arguments: [],
  options: {},
  about:
    'Counts anew what is known of each account: orders, purchase days, own interval, spend by day and category, level.\n' +
    'What was known stays to be read meanwhile. Interrupted, the jobs go on with it.',
  examples: ['facts rebuild'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const progress = openProgress(io, 'changes');
      const changes = await rebuildFacts(ctx, (done) => progress.show('Counting', done, null)).finally(
        progress.end,
      );
      await io.answer({ changes }, [`The facts are those of ${changes} changes.`]);
      return 0;
    }),
};
