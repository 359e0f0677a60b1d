import { chapterNames } from '../guide/chapters.ts';
import { listGuideProgress } from '../guide/list-progress.ts';
import { setGuideNote } from '../guide/set-note.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines, timeText } from './text.ts';

export const guideProgress: Command = {
  arguments: [],
  options: {},
  about: 'How far each of the team has read the guide of their role.',
  examples: ['guide progress', 'guide progress --json'],
  run: async ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const progress = await listGuideProgress(ctx);
      const lines = progress.map(({ staff, read, of, lastAt }) => [
        ...[staff.name, staff.role, `${read} of ${of}`],
        lastAt === null ? '' : timeText(lastAt),
      ]);
      await io.answer(progress, tableLines(lines));
      return 0;
    }),
};

export const guideNoted: Command = {
  arguments: ['CHAPTER', '[TEXT]'],
  options: {},
  about: `Says what the team reads beside a chapter (${chapterNames.join(', ')}); without a text nothing.`,
  examples: ['guide note till "The spare key is in the safe."', 'guide note till'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const chapter = oneIn(call.argument(0), chapterNames, 'CHAPTER');
        const set = await setGuideNote(ctx, { chapter, text: call.argument(1) });
        await call.io.answer(set, [set.text === null ? 'There is no note any more.' : 'The note is kept.']);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};
