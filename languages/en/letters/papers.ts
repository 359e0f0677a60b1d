import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { paperMails } from '../../../functions/reach/papers/letters/kinds.ts';

export const papers: Letters<typeof paperMails> = {
  paper_sent: ({ kind, number, order, total }, { formats }) => ({
    subject:
      kind === 'invoice'
        ? `Invoice ${number} for order ${order}`
        : `Credit note ${number} for order ${order}`,
    heading: kind === 'invoice' ? 'Your invoice' : 'Your credit note',
    paragraphs: [
      kind === 'invoice'
        ? `Invoice ${number} for order ${order} is ready. You can read, print and save it after signing in.`
        : `Credit note ${number} corrects the invoice for order ${order}. You can read, print and save it after signing in.`,
    ],
    facts: [
      ['Number', number],
      ['Order', order],
      ['Total', formats.money(total)],
    ],
    button: kind === 'invoice' ? 'See the invoice' : 'See the credit note',
    notes: [],
  }),
};
