import { standardChannels, standardKinds } from '../../../db/kinds.ts';
import { getKeptStandards, shareOf, type TimelyCount } from '../../care/standards/kept/get-kept.ts';
import { listStandards } from '../../care/standards/list-standards.ts';
import { setStandard } from '../../care/standards/set-standard.ts';
import { groups } from '../../insight/facts/group.ts';
import { levels } from '../../insight/levels/level-counts.ts';
import { CliError, type Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

export const standardsListed: Command = {
  arguments: [],
  options: {},
  about: 'Within how many business hours who waits is answered, by kind, group, level and channel.',
  examples: ['standards list', 'standards list --json'],
  run: async ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const standards = await listStandards(ctx);
      const lines = standards.items.map(({ kind, audience, level, channel, hours }) => [
        ...[kind, audience ?? 'everybody', level ?? 'all levels', channel ?? 'any channel'],
        `${hours} hours`,
      ]);
      await io.answer(standards, [...tableLines(lines), `Otherwise: ${standards.otherwise} hours.`]);
      return 0;
    }),
};

export const standardSet: Command = {
  arguments: ['KIND', 'HOURS'],
  options: {
    for: { summary: groups.join(', '), value: 'GROUP' },
    level: { summary: levels.join(', '), value: 'LEVEL' },
    channel: { summary: standardChannels.join(', '), value: 'CHANNEL' },
  },
  about:
    `Says within how many business hours who waits is answered (${standardKinds.join(', ')}), from now on;\n` +
    '"none" takes the standard back. Of several that fit, the one that names most counts.',
  examples: ['standards set complaint 4 --for premium', 'standards set contact none --channel phone'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const [audience, level, channel] = [call.text('for'), call.text('level'), call.text('channel')];
        const hours = call.argument(1);
        if (!/^(\d{1,3}|none)$/.test(hours)) throw new CliError('HOURS has to be a number, or none.');
        const set = await setStandard(ctx, {
          kind: oneIn(call.argument(0), standardKinds, 'KIND'),
          audience: audience === null ? null : oneIn(audience, groups, '--for'),
          level: level === null ? null : oneIn(level, levels, '--level'),
          channel: channel === null ? null : oneIn(channel, standardChannels, '--channel'),
          hours: hours === 'none' ? null : Number(hours),
        });
        await call.io.answer(set, [set.hours === null ? 'No standard.' : `${set.hours} hours.`]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const standardsKept: Command = {
  arguments: [],
  options: {
    since: { summary: 'The first business day; of this month unless given', value: 'DAY' },
    until: { summary: 'The last business day; today unless given', value: 'DAY' },
  },
  about: 'How many who waited were answered in time, out of how many, by person.',
  examples: ['standards kept', 'standards kept --since 2026-01-01 --json'],
  run: async (call) =>
    withContext(call.defaults, async (ctx) => {
      const since = call.text('since') ?? '';
      const period = since === '' ? 'month' : 'days';
      const kept = await getKeptStandards(ctx, { period, since, until: call.text('until') ?? '' });
      const lines = kept.people.map(({ staff, all, cases, contacts }) => [
        typeof staff === 'string' ? (staff === 'left' ? 'who left' : 'nobody') : staff.name,
        ...[
          inWords(all),
          `cases ${cases.kept} of ${cases.of}`,
          `contacts ${contacts.kept} of ${contacts.of}`,
        ],
      ]);
      await call.io.answer(kept, tableLines(lines));
      return 0;
    }),
};

function inWords(kept: TimelyCount): string {
  const share = shareOf(kept);
  return `${kept.kept} of ${kept.of}, ${share === null ? 'cannot tell yet' : `${share} %`}`;
}
