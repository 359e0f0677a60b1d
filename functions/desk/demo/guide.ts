import { DAY_MS } from '../../ground/platform/calendar.ts';
import { chaptersFor } from '../guide/chapters.ts';
import { readChapter } from '../guide/read-chapter.ts';
import { setGuideNote } from '../guide/set-note.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

/** Petro has read the guide, Maryna a part of it; two chapters have a note of the roastery. */
export function guideStories(now: number): DemoHappening[] {
  const story = (days: number, run: DemoHappening['run']): DemoHappening => {
    const at = now - days * DAY_MS;
    return { at, run: (ctx) => run({ ...ctx, now: () => at }) };
  };
  return [
    story(90, async (ctx) => {
      const olena = await asColleague(ctx, 'olena');
      await setGuideNote(olena, {
        chapter: 'till',
        text: 'The spare scanner is in the second drawer. Whoever closes counts the cash with a second person.',
      });
      await setGuideNote(olena, {
        chapter: 'feedback',
        text: 'Wet or torn parcels: send a new one at once, we sort it out with the courier later.',
      });
    }),
    story(80, async (ctx) => {
      const petro = await asColleague(ctx, 'petro');
      for (const { name } of chaptersFor('agent')) await readChapter(petro, { chapter: name });
      const maryna = await asColleague(ctx, 'maryna');
      for (const chapter of ['today', 'customer', 'feedback']) await readChapter(maryna, { chapter });
    }),
  ];
}
