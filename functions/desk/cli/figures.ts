import { rebuildFigures } from '../today/keep-figures.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';

export const rebuild: Command = {
  arguments: [],
  options: {},
  about: 'Adds up anew what the console’s Today says of rewards by day, from all ledgers.',
  examples: ['figures rebuild'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const changes = await rebuildFigures(ctx);
      await io.answer({ changes }, [`The figures are those of ${changes} changes.`]);
      return 0;
    }),
};
