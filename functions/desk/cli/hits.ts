import { getHitsOfDays } from '../../insight/hits/get-hits.ts';
import { toHitsAnswer } from '../../insight/hits/schema.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const hits: Command = {
  arguments: [],
  options: {
    since: { summary: 'The first business day; the first of the month unless given', value: 'DAY' },
    until: { summary: 'The last one; today unless given', value: 'DAY' },
    language: { summary: 'Read in this language alone', value: 'CODE' },
  },
  about:
    'How often pages of the portal were read, the most read first, beside as many days before. A page stands for all\n' +
    'addresses of its pattern. Programs that say that they are some are left out, and so is the team.',
  examples: ['hits', 'hits --since 2026-03-01 --language uk --json'],
  run: ({ io, text, defaults }) =>
    withContext(defaults, async (ctx) => {
      const view = await getHitsOfDays(ctx, {
        since: text('since') ?? '',
        until: text('until') ?? '',
        language: text('language'),
      });
      const rows = view.both.map(({ page, language, now, before }) => [
        ...[page, language, String(now), String(before)],
      ]);
      await io.answer(toHitsAnswer(view), tableLines(rows));
      if (rows.length === 0) io.note('No page was read in these days.');
      return 0;
    }),
};
