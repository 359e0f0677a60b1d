import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { testimonialMails } from '../../../functions/voice/testimonials/letters/kinds.ts';

export const testimonials: Letters<typeof testimonialMails> = {
  testimonial_published: (_params, { business }) => ({
    subject: `Your testimonial is published at ${business}`,
    heading: 'Thank you for recommending us',
    paragraphs: [
      'Everyone can now read what you wrote about us, under the name you chose.',
      'It helps our business more than any advertisement.',
    ],
    button: 'See it',
    notes: ['You can withdraw it any time, under “Your testimonial” in your account. It disappears at once.'],
  }),
  you_said_we_did: ({ text }, { business, inLanguage }) => ({
    subject: `You said, we did: something has changed at ${business}`,
    heading: 'You said, we did',
    paragraphs: ['You told us that something was not right. This is what we have changed:', inLanguage(text)],
    button: 'See what has changed',
    notes: ['Thank you for telling us. If it happens again, let us know and we will look into it.'],
  }),
  you_said_we_decided: ({ reference, text }, { business, inLanguage }) => ({
    subject: `What ${business} decided about your message (${reference})`,
    heading: 'What we decided',
    paragraphs: [
      'Thank you for telling us. We looked at it closely and decided to leave things as they are. Here is why:',
      inLanguage(text),
    ],
    facts: [['Reference', reference]],
    button: 'See your message',
    notes: ['If you see it differently, write back on the page of your message: we read it.'],
  }),
};
