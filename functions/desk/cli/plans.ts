import { getPlan, listPlans } from '../../care/plans/list-plans.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const plansListed: Command = {
  arguments: [],
  options: {},
  about: 'How often and by which channel each group hears from the business, and how many are due.',
  examples: ['plans list', 'plans list --json'],
  run: async ({ io, defaults, loadHouse }) =>
    withContext(
      defaults,
      async (ctx) => {
        const plans = await listPlans(ctx);
        const lines = plans.map(({ id, audience, channel, intervalDays, what, due, open, nextOn }) => [
          ...[id, audience, channel, `every ${intervalDays} days`],
          ...[nextOn ?? `${due} due`, `${open} open`, what],
        ]);
        await io.answer(plans, tableLines(lines));
        return 0;
      },
      { house: await loadHouse() },
    ),
};

export const planDue: Command = {
  arguments: ['PLAN'],
  options: {},
  about: 'Who is due by a plan, by its id, who waits longest first; and who is held back, with the reason.',
  examples: ['plans due 0199c1d2e3f47a5b8c6d7e8f90a1b2c3'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { free, held } = await getPlan(ctx, { id: call.argument(0) });
        const lines = [
          ...free.map(({ dueOn, name, lastOn }) => [dueOn, name ?? '', lastOn ?? 'never', '']),
          ...held.map(({ dueOn, name, lastOn, verdict }) => [
            dueOn,
            name ?? '',
            lastOn ?? 'never',
            verdict.because,
          ]),
        ];
        await call.io.answer({ free, held }, tableLines(lines));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};
