import type { returnMails } from '../../../functions/care/returns/letters/kinds.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

const headings = {
  requested: 'We have your return request',
  approved: 'Your return is approved',
  received: 'Your return has arrived',
  settled: 'Your return is done',
  refused: 'We could not accept your return',
} as const;

const lead = {
  requested: 'We look at it and write to you as soon as we have decided.',
  approved: 'Please bring or send the items back.',
  received: 'We check the items and write to you when it is settled.',
  settled: 'What you get back, and what it changed in your rewards, is on its page.',
  refused: 'Why, in the words of our team:',
} as const;

export const returns: Letters<typeof returnMails> = {
  return_state: ({ reference, number, state, outcome, money, credit, note, hasLabel, how }, about) => {
    const { business, formats, inLanguage } = about;
    const isSure = state === 'settled';
    return {
      subject: `${headings[state]} (${reference})`,
      heading: headings[state],
      paragraphs: [
        lead[state],
        ...(note === null ? [] : [note]),
        ...(Object.keys(how).length === 0 ? [] : [inLanguage(how)]),
        ...(hasLabel ? ['There is a label to print on its page.'] : []),
        ...(isSure && outcome === 'exchange' ? [`${business} sends you what you chose instead.`] : []),
      ],
      facts: [
        fact('Return', reference),
        fact('Order', number),
        ...(state === 'refused' || money === null
          ? []
          : [fact(isSure ? 'Money back' : 'Expected money back', formats.money(money))]),
        ...(state === 'refused' || credit === null
          ? []
          : [fact(isSure ? 'Credit' : 'Expected credit', formats.money(credit))]),
      ],
      button: 'See your return',
      notes: [],
    };
  },
};
