import type { ideaMails } from '../../../functions/desk/ideas/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

const standing = {
  new: 'Вона знову відкрита.',
  considered: 'Ми її розглядаємо.',
  planned: 'Ми її втілимо.',
  done: 'Її втілено.',
  declined: 'Ми цього не робитимемо.',
};

export const ideas: Letters<typeof ideaMails> = {
  idea_answered: ({ title, state, words }) => ({
    subject: `Ваша ідея: ${title}`,
    heading: 'Відповідь на вашу ідею',
    paragraphs: [standing[state], ...(words === null ? [] : words.split(/\n{2,}/))],
    facts: [['Ваша ідея', title]],
    button: 'Переглянути ідею',
    notes: [],
  }),
};
