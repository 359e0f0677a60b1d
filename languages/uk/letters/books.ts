import type { proofMails } from '../../../functions/desk/verify/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const books: Letters<typeof proofMails> = {
  proof_found: ({ accounts, differences }, { business, formats }) => ({
    subject: `${business}: рахунки не сходяться`,
    heading: 'Рахунки не сходяться',
    paragraphs: [
      'Нічна звірка ще раз обчислила винагороди за замовленнями й правилами, і вийшло не те, що записано.',
      accounts > 0
        ? 'Доки рахунки, яких це стосується, не зійдуться, з них нічого не виплачується. Решта працює як завжди.'
        : 'Рахунків клієнтів це не стосується.',
    ],
    facts: [
      ['Рахунків, яких це стосується, поки що', formats.number(accounts)],
      ['Розбіжностей поки що', formats.number(differences)],
    ],
    button: 'Переглянути розбіжності',
    notes: [],
  }),
};
