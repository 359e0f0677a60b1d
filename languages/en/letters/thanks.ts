import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { thanksMails } from '../../../functions/people/thanks/letters/kinds.ts';

const reasons = {
  idea_done: 'Your idea has come true.',
  idea_thanked: 'Your idea is worth a word of thanks.',
  guide_finished: 'You have read the whole guide. Now you know your way around.',
};

export const thanks: Letters<typeof thanksMails> = {
  staff_thanked: ({ kind, count, words }) => ({
    subject: 'Thank you',
    heading: 'Thank you',
    paragraphs: [
      kind === 'cases_kept'
        ? `You have closed ${count ?? 0} ${count === 1 ? 'case' : 'cases'} in one month within the standard: their customers were answered when we had promised.`
        : reasons[kind],
      ...(words === null ? [] : words.split(/\n{2,}/)),
    ],
    facts: [],
    button: 'See your thanks',
    notes: [],
  }),
};
