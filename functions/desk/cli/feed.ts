import { goBack, listLags } from '../../ground/feed/positions.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const listFeed: Command = {
  arguments: [],
  options: {},
  about:
    'What follows the history, by name: up to which change it has read, how many it has not read, and for how many seconds\n' +
    'the first of those has waited.',
  examples: ['feed list', 'feed list --json'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const lags = await listLags(ctx);
      const rows = lags.map(({ name, position, behind, waiting_ms }) => [
        name,
        `${position}`,
        `${behind} behind`,
        `${Math.round(waiting_ms / 1000)} s`,
      ]);
      await io.answer(lags, tableLines(rows));
      if (lags.length === 0) io.note('Nothing follows the history yet: the jobs have not run.');
      return 0;
    }),
};

export const rereadFeed: Command = {
  arguments: ['NAME', 'POSITION'],
  options: {},
  about:
    'Puts a follower back to a change that it has read, so that its next job reads what came after it again; 0 is before the\n' +
    'first one. Whoever was told of something is not told twice.',
  examples: ['feed reread referrals 0'],
  run: async (call) => {
    const name = call.argument(0);
    const typed = call.argument(1);
    if (!/^\d{1,15}$/.test(typed))
      throw new UsageError(`POSITION has to be a whole number such as 0, not '${typed}'.`);
    const position = Number(typed);
    return withContext(call.defaults, async (ctx) => {
      await goBack(ctx, { name, position });
      await call.io.answer({ name, position }, [`${name} reads again what came after ${position}.`]);
      return 0;
    });
  },
};
