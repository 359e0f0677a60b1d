import type { contactMailKinds } from '../../../functions/care/contacts/letters/kinds.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const contacts: Letters<typeof contactMailKinds> = {
  tasks_due: ({ day, due, overdue }, { formats }) => ({
    subject: `To be done today: ${formats.number(due)}`,
    heading: 'What is due for customers',
    paragraphs: [
      'Your next steps, and those anyone can take, are on My day, what was left from before first.',
    ],
    facts: [
      ['Day', formats.date(day)],
      ['Due', formats.number(due)],
      ...(overdue === 0 ? [] : [fact('Overdue', formats.number(overdue))]),
    ],
    button: 'Open my day',
    notes: ['You chose this email and its hour at the foot of My day, and can switch it off there.'],
  }),
};
