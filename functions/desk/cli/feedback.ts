import { areaKinds } from '../../voice/feedback/areas/area.ts';
import { getAreas } from '../../voice/feedback/areas/get-areas.ts';
import { listCauses } from '../../voice/feedback/causes/list-causes.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

export const causesListed: Command = {
  arguments: [],
  options: {},
  about: 'What feedback comes from, the open causes first: how many said it, who sees to it and by when.',
  examples: ['causes list', 'causes list --json'],
  run: async ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const causes = await listCauses(ctx);
      const lines = causes.map(({ id, name, outcome, isAgain, said, owner, dueOn, process }) => [
        ...[id, outcome ?? (isAgain ? 'came back' : 'open'), `${said} said it`],
        ...[owner?.email ?? '', dueOn ?? '', process ?? '', name],
      ]);
      await io.answer(causes, tableLines(lines));
      return 0;
    }),
};

export const feedbackAreas: Command = {
  arguments: ['BY'],
  options: {
    since: { summary: 'The first business day; the quarter unless given', value: 'DAY' },
    until: { summary: 'The last business day; today unless given', value: 'DAY' },
  },
  about: `Where trouble comes from, the most first: by ${areaKinds.join(', ')}.`,
  examples: ['feedback areas process', 'feedback areas product --since 2026-01-01 --json'],
  run: async (call) =>
    withContext(call.defaults, async (ctx) => {
      const by = oneIn(call.argument(0), areaKinds, 'BY');
      const [since, until] = [call.text('since') ?? '', call.text('until') ?? ''];
      const period = since === '' && until === '' ? '' : 'days';
      const { before: _before, ...areas } = await getAreas(ctx, { by, period, since, until });
      const lines = areas.items.map(({ name, troubles, troublesBefore, praise, told }) => [
        ...[name ?? '(not said)', `${troubles} trouble`, `${troublesBefore} before`],
        ...[`${praise} praise`, `${told} in all`],
      ]);
      await call.io.answer(areas, tableLines(lines));
      return 0;
    }),
};
