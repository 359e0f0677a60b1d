import { parseInput } from '../../ground/platform/parse-input.ts';
import { listBackups } from '../backup/list-backups.ts';
import { scheduleInput } from '../backup/schedule.ts';
import { setBackupSchedule, standardSchedule } from '../backup/set-schedule.ts';
import type { Call, Command } from './command.ts';
import { withContext } from './context.ts';

export const scheduleBackups: Command = {
  arguments: ['[EVERY]'],
  options: {
    weekday: { summary: '1 (Monday) to 7, of every week', value: 'DAY' },
    hour: { summary: '0 to 23, by the clock of the business', value: 'HOUR' },
    keep: { summary: 'How many of the schedule’s own stay', value: 'NUMBER' },
    place: { summary: 'folder or bucket', value: 'PLACE' },
  },
  about:
    'Shows when backups are made by themselves, or decides it: EVERY is off, day or week. What is left out stays as it is, and\n' +
    'is at first Sunday, 3 o’clock, 7 of them. The server, or jobs run, makes them.',
  examples: ['backups schedule', 'backups schedule day --hour 4 --keep 14', 'backups schedule off'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { schedule, places } = await listBackups(ctx);
        const { every, weekday, hour, keep, place } = {
          ...standardSchedule,
          place: places[0] ?? 'folder',
          ...schedule,
        };
        const kept = { every, weekday, hour, keep, place };
        const asked = call.argument(0);
        const wanted =
          asked === '' ? kept : parseInput(scheduleInput, { ...kept, every: asked, ...told(call) });
        if (asked !== '') await setBackupSchedule(ctx, wanted);
        const days = wanted.every === 'week' ? `week, day ${wanted.weekday},` : wanted.every;
        const line =
          wanted.every === 'off'
            ? 'No backups are made by themselves.'
            : `Every ${days} at ${wanted.hour} o’clock to the ${wanted.place}; ${wanted.keep} stay.`;
        await call.io.answer(wanted, [line]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function told(call: Call): Record<string, unknown> {
  const numbers = (['weekday', 'hour', 'keep'] as const).flatMap((name): [string, unknown][] => {
    const text = call.text(name);
    return text === null ? [] : [[name, /^\d{1,4}$/.test(text) ? Number(text) : text]];
  });
  const place = call.text('place');
  return { ...Object.fromEntries(numbers), ...(place === null ? {} : { place }) };
}
