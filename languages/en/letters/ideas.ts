import type { ideaMails } from '../../../functions/desk/ideas/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

const standing = {
  new: 'It is open again.',
  considered: 'We are looking at it.',
  planned: 'We are going to do it.',
  done: 'It is done.',
  declined: 'We are not going to do it.',
};

export const ideas: Letters<typeof ideaMails> = {
  idea_answered: ({ title, state, words }) => ({
    subject: `Your idea: ${title}`,
    heading: 'An answer to your idea',
    paragraphs: [standing[state], ...(words === null ? [] : words.split(/\n{2,}/))],
    facts: [['Your idea', title]],
    button: 'See your idea',
    notes: [],
  }),
};
