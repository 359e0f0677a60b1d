import { getPlan, listPlans } from '../../care/plans/list-plans.ts';
import { purposes } from '../../care/plans/schema.ts';
import { endPlan, setPlan } from '../../care/plans/set-plan.ts';
import { channels } from '../../ground/outbox/topics.ts';
import { groups } from '../../insight/facts/group.ts';
import { levels } from '../../insight/levels/level-counts.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
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

export const planSet: Command = {
  arguments: ['GROUP', 'CHANNEL', 'DAYS'],
  options: {
    what: { summary: 'What it is about', value: 'TEXT', isRequired: true },
    level: { summary: levels.join(', '), value: 'LEVEL' },
    purpose: { summary: `${purposes.join(', ')}; service unless given`, value: 'PURPOSE' },
    by: { summary: 'Who does it; the account manager of each unless given', value: 'EMAIL' },
    most: { summary: 'So many customers a day at the most; 10 unless given', value: 'N' },
    id: { summary: 'The plan to change', value: 'ID' },
  },
  about:
    `Plans how often a group (${groups.join(', ')}) hears from the business by a channel (${channels.join(', ')}):\n` +
    'each customer every so many days.\n' +
    'Premium customers are sold to only where they asked for offers.',
  examples: [
    'plans set premium phone 60 --what "Ask how it is"',
    'plans set enquirer mail 30 --what News --purpose news',
  ],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const level = call.text('level');
        const set = await setPlan(ctx, {
          ...{ id: call.text('id'), what: call.text('what') ?? '', staff: call.text('by') },
          audience: oneIn(call.argument(0), groups, 'GROUP'),
          channel: oneIn(call.argument(1), channels, 'CHANNEL'),
          purpose: oneIn(call.text('purpose') ?? 'service', purposes, '--purpose'),
          level: level === null ? null : oneIn(level, levels, '--level'),
          ...{ intervalDays: Number(call.argument(2)), mostPerDay: Number(call.text('most') ?? 10) },
        });
        await call.io.answer(set, [set.id]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const planEnded: Command = {
  arguments: ['PLAN'],
  options: {},
  about: 'Ends a plan, by its id; its open tasks are taken back by the next run of the jobs.',
  examples: ['plans end 0199c1d2e3f47a5b8c6d7e8f90a1b2c3'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        await endPlan(ctx, { id: call.argument(0) });
        await call.io.answer({ id: call.argument(0) }, ['The plan has ended.']);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};
