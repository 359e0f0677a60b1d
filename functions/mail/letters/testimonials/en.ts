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
  you_said_we_decided: ({ reference, text }, { business }) => ({
    subject: `What ${business} decided about your message (${reference})`,
    heading: 'What we decided',
    paragraphs: [
      'Thank you for telling us. We looked at it closely and decided to leave things as they are. Here is why:',
      text.en ?? Object.values(text)[0] ?? '',
    ],
    facts: [['Reference', reference]],
    button: 'See your message',
    notes: ['If you see it differently, write back on the page of your message: we read it.'],
  }),
};
