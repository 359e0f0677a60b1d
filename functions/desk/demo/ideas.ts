import { DAY_MS } from '../../ground/platform/calendar.ts';
import { answerIdea, thankForIdea } from '../ideas/answer-idea.ts';
import { tellIdea } from '../ideas/tell-idea.ts';
import { voteForIdea } from '../ideas/vote-for-idea.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

type Colleague = Parameters<typeof asColleague>[1];

const ideas: readonly {
  days: number;
  by: Colleague;
  title: string;
  text: string | null;
  votes: readonly Colleague[];
  answer: Parameters<typeof answerIdea>[1]['state'] | null;
  words: string | null;
}[] = [
  {
    ...{ days: 50, by: 'petro', title: 'A card with the brewing times in every first parcel' },
    text: 'Half of the questions at the counter are about that, and new customers write about it, too.',
    votes: ['maryna', 'yurii', 'olena'],
    ...{ answer: 'done', words: 'It is in the parcels since Monday. Thank you, Petro!' },
  },
  {
    ...{ days: 24, by: 'maryna', title: 'Open at eight on Saturdays', text: null },
    votes: ['petro'],
    ...{ answer: 'considered', words: 'We try it in the four weeks before Christmas.' },
  },
  {
    ...{ days: 16, by: 'yurii', title: 'Stop printing the daily figures', text: null, votes: [] },
    ...{
      answer: 'declined',
      words: 'The accountant needs the sheet once a week. We print it on Fridays alone.',
    },
  },
  {
    ...{ days: 3, by: 'petro', title: 'A bench for those who wait at the door', votes: ['maryna', 'yurii'] },
    text: 'On Saturdays people stand for ten minutes. A bench and a tasting cup would make that a pleasure.',
    ...{ answer: null, words: null },
  },
];

/** What the team would do better: one of each that may become of it. */
export function ideaStories(now: number): DemoHappening[] {
  return ideas.map(({ days, by, title, text, votes, answer, words }, index) => {
    const at = now - days * DAY_MS;
    const run: DemoHappening['run'] = async (ctx) => {
      const then = { ...ctx, now: () => at };
      const author = await asColleague(then, by);
      const { id } = await tellIdea(author, { title, text, key: `demo-idea-${index}` });
      for (const voter of votes) await voteForIdea(await asColleague(then, voter), { id, isFor: true });
      if (answer === null) return;
      const olena = await asColleague({ ...ctx, now: () => at + DAY_MS }, 'olena');
      await answerIdea(olena, { id, state: answer, words });
      if (answer === 'considered') await thankForIdea(olena, { id, words: 'Thank you for looking ahead.' });
    };
    return { at, run };
  });
}
