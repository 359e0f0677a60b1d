import type { Letters } from '../mail-kind.ts';
import type { testimonialMails } from './kinds.ts';

export const en: Letters<typeof testimonialMails> = {
  testimonial_published: (_params, { business }) => ({
    subject: `Thank you: your words are up at ${business}`,
    heading: 'Thank you for speaking up for us',
    paragraphs: [
      'What you wrote about us can now be read by everybody, under the name you chose.',
      'It helps a small business more than any advertisement. We mean it.',
    ],
    button: 'See it',
    notes: ['You can take it back at any time, under “Your words” in your account. It disappears at once.'],
  }),
  you_said_we_did: ({ text }, { business }) => ({
    subject: `You said, we did: something has changed at ${business}`,
    heading: 'You said, we did',
    paragraphs: [
      'You told us that something was not right. This has changed since:',
      text.en ?? text.uk ?? '',
    ],
    button: 'See what has changed',
    notes: ['Thank you for saying it. If it happens again, tell us: we look into it anew.'],
  }),
};
