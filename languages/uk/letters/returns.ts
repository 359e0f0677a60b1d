import type { returnMails } from '../../../functions/care/returns/letters/kinds.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

const headings = {
  requested: 'Ми отримали запит на повернення',
  approved: 'Повернення погоджено',
  received: 'Повернений товар прибув',
  settled: 'Повернення завершено',
  refused: 'Ми не змогли прийняти повернення',
} as const;

export const returns: Letters<typeof returnMails> = {
  return_state: ({ reference, number, state, outcome, money, credit, note, hasLabel, how }, about) => {
    const { business, formats, inLanguage, you } = about;
    const lead = {
      requested: 'Ми розглянемо його й напишемо, щойно вирішимо.',
      approved: you('Принесіть або надішліть товар назад.', 'Принеси або надішли товар назад.'),
      received: 'Ми перевіримо товар і напишемо, коли все буде готово.',
      settled: you(
        'Що ви отримуєте назад і що це змінило у винагородах, видно на сторінці повернення.',
        'Що ти отримуєш назад і що це змінило у винагородах, видно на сторінці повернення.',
      ),
      refused: 'Причина словами нашої команди:',
    };
    const isSure = state === 'settled';
    return {
      subject: `${headings[state]} (${reference})`,
      heading: headings[state],
      paragraphs: [
        lead[state],
        ...(note === null ? [] : [note]),
        ...(Object.keys(how).length === 0 ? [] : [inLanguage(how)]),
        ...(hasLabel ? ['На сторінці повернення є етикетка для друку.'] : []),
        ...(isSure && outcome === 'exchange' ? [`${business} надішле обране натомість.`] : []),
      ],
      facts: [
        fact('Повернення', reference),
        fact('Замовлення', number),
        ...(state === 'refused' || money === null
          ? []
          : [fact(isSure ? 'Повернуто грошима' : 'Очікувана сума грошима', formats.money(money))]),
        ...(state === 'refused' || credit === null
          ? []
          : [fact(isSure ? 'Кошти на рахунку' : 'Очікувані кошти на рахунку', formats.money(credit))]),
      ],
      button: 'Переглянути повернення',
      notes: [],
    };
  },
};
