import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import type { staffMails } from '../../../functions/people/staff/letters/kinds.ts';

const rolesInWords: Record<Role, string> = {
  owner: 'власник',
  manager: 'менеджер',
  agent: 'консультант',
  analyst: 'аналітик',
};

export const staff: Letters<typeof staffMails> = {
  staff_invitation: ({ role }, { business }) => ({
    subject: `Ваш доступ: ${business}`,
    heading: `${business}: вітаємо в команді`,
    paragraphs: [`Вас додано до команди. Ваша роль — ${rolesInWords[role]}. Натисніть кнопку, щоб увійти.`],
    button: 'Увійти',
    notes: ['Кнопка діє один раз, протягом 24 годин.'],
  }),
  mail_test: (_, { business }) => ({
    subject: `${business}: перевірка пошти`,
    heading: 'Листи доходять',
    paragraphs: [
      `У команді «${business}» перевірили, чи доходять листи. Цей дійшов; клієнти отримуватимуть свої від того самого відправника.`,
    ],
    button: 'Назад до налаштування',
    notes: [],
  }),
  staff_waiting: ({ owed, people }, { formats }) => ({
    subject: owed.length > 0 ? 'Гроші чекають на передачу' : 'Люди чекають на підтвердження',
    heading: 'Це чекає на вас',
    paragraphs: [
      ...(owed.length > 0
        ? [
            'Клієнти попросили виплатити винагороду або віддали її на добру справу. Перекажіть гроші й позначте це в консолі.',
          ]
        : []),
      ...(people > 0
        ? [
            'Приєдналися люди, які замовляють для компанії чи родини, якою ніхто не керує. Підтвердьте їх, якщо вони справді звідти.',
          ]
        : []),
    ],
    facts: [
      ...owed.map(({ kind, count, amount }) =>
        fact(
          kind === 'payout' ? 'Виплати' : 'Пожертви',
          `${formats.number(count)}, разом ${formats.money(amount)}`,
        ),
      ),
      ...(people > 0 ? [fact('Чекають на підтвердження (розділ «Приєднання»)', formats.number(people))] : []),
    ],
    button: owed.length > 0 ? 'Переглянути виплати й пожертви' : 'Переглянути, хто чекає',
    notes: ['Пишемо про це не частіше ніж раз на день і лише тоді, коли з’явилося щось нове.'],
  }),
};
