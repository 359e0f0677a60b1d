import { fact, type Letters } from '../mail-kind.ts';
import type { joiningMails } from './kinds.ts';

export const uk: Letters<typeof joiningMails> = {
  welcome: (_params, { business }) => ({
    subject: `Ласкаво просимо до ${business}`,
    heading: 'Ви з нами',
    paragraphs: [
      'Відтепер зараховується кожне замовлення з цією адресою, а попередні вже на місці.',
      'Картка з вашим номером — у вашому кабінеті: покажіть її на касі.',
    ],
    button: 'Відкрити кабінет',
    notes: ['Вхід — за цією адресою і кодом. Пароля немає.'],
  }),
  join_request_received: (_params, { business }) => ({
    subject: `${business}: ми отримали вашу заявку`,
    heading: 'Заявку отримано',
    paragraphs: ['Її розгляне наша команда, і ми напишемо вам, щойно буде рішення.'],
    button: 'Подивитися стан заявки',
    notes: [],
  }),
  join_declined: ({ reason }, { business }) => ({
    subject: `${business}: ваша заявка`,
    heading: 'Поки що ми не можемо вас прийняти',
    paragraphs: ['Дякуємо за заявку. Причина така:', reason],
    button: 'Написати нам',
    notes: ['Якщо ми щось пропустили, скажіть нам: рішення можна змінити.'],
  }),
  invitation: ({ accountName, from, expiresAt }, { business, formats }) => ({
    subject:
      accountName === null
        ? `Запрошення до ${business}`
        : `${business}: запрошення до спільного рахунку «${accountName}»`,
    heading: accountName === null ? 'Вас запрошено' : `Спільний рахунок «${accountName}»`,
    paragraphs: [
      accountName === null
        ? `${from ?? business} запрошує вас приєднатися до ${business}: за замовлення повертаються гроші, пораховані до копійки.`
        : `${from ?? business} запрошує вас до спільного рахунку «${accountName}» у ${business}: ви бачитимете його замовлення і винагороди.`,
    ],
    facts: [fact('Діє до', formats.day(expiresAt - 1))],
    button: 'Переглянути запрошення',
    notes: ['Відкрити його — ще не погодитися: рішення ви приймете на сторінці.'],
  }),
  goodbye: ({ at }, { business, formats }) => ({
    subject: `${business}: ви вийшли з програми`,
    heading: 'Ви вийшли з програми',
    paragraphs: [
      `Від ${formats.moment({ at, day: null })} на всіх пристроях виконано вихід, і ми вам більше не пишемо.`,
      'Ваші замовлення та винагороди за них лишаються в нашій бухгалтерії, як того вимагає закон. Якщо повернетеся, усе буде на місці, крім того, чий строк до того мине.',
    ],
    button: 'Повернутися',
    notes: ['Якщо це були не ви, натисніть кнопку і ввійдіть із цією адресою.'],
  }),
};
