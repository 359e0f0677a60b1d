import { answerIdea } from '../ideas/answer-idea.ts';
import { listIdeas } from '../ideas/list-ideas.ts';
import { ideaStates } from '../ideas/schema.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

export const ideasListed: Command = {
  arguments: [],
  options: { state: { summary: ideaStates.join(', '), value: 'STATE' } },
  about: 'What the team would do better, those with the most votes first.',
  examples: ['ideas list', 'ideas list --state new --json'],
  run: async (call) =>
    withContext(call.defaults, async (ctx) => {
      const state = call.text('state');
      const states = state === null ? ideaStates : [oneIn(state, ideaStates, '--state')];
      const { items } = await listIdeas(ctx, { states });
      const lines = items.map(({ id, state: stands, votes, by, title }) => [
        ...[id, stands, `${votes} votes`, by?.name ?? 'who left', title],
      ]);
      await call.io.answer(items, tableLines(lines));
      return 0;
    }),
};

export const ideaAnswered: Command = {
  arguments: ['IDEA', 'STATE'],
  options: { words: { summary: 'What its author is told; needed for a no', value: 'TEXT' } },
  about: `Says what becomes of an idea, by its id: ${ideaStates.join(', ')}. Its author is told by mail.`,
  examples: ['ideas answer 0199c1d2e3f47a5b8c6d7e8f90a1b2c3 planned --words "From Monday on"'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const state = oneIn(call.argument(1), ideaStates, 'STATE');
        const answered = await answerIdea(ctx, { id: call.argument(0), state, words: call.text('words') });
        await call.io.answer(answered, ['The idea is answered.']);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};
