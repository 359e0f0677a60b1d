import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { paperMails } from '../../../functions/reach/papers/letters/kinds.ts';

export const papers: Letters<typeof paperMails> = {
  paper_sent: ({ kind, number, order, total }, { formats, you }) => ({
    subject:
      kind === 'invoice'
        ? `Рахунок-фактура № ${number} на замовлення ${order}`
        : `Кредит-нота № ${number} до замовлення ${order}`,
    heading:
      kind === 'invoice'
        ? you('Ваш рахунок-фактура', 'Твій рахунок-фактура')
        : you('Ваша кредит-нота', 'Твоя кредит-нота'),
    paragraphs: [
      kind === 'invoice'
        ? `Рахунок-фактура № ${number} на замовлення ${order} готовий. Після входу його можна прочитати, надрукувати й зберегти.`
        : `Кредит-нота № ${number} коригує рахунок-фактуру на замовлення ${order}. Після входу її можна прочитати, надрукувати й зберегти.`,
    ],
    facts: [
      ['Номер', number],
      ['Замовлення', order],
      ['Усього', formats.money(total)],
    ],
    button: kind === 'invoice' ? 'Переглянути рахунок-фактуру' : 'Переглянути кредит-ноту',
    notes: [],
  }),
};
