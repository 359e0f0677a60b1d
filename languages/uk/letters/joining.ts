import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { joiningMails } from '../../../functions/people/joining/letters/kinds.ts';

export const joining: Letters<typeof joiningMails> = {
  welcome: (_params, { business }) => ({
    subject: `Ласкаво просимо до ${business}`,
    heading: 'Ви з нами',
    paragraphs: [
      'Тепер зараховується кожне замовлення з цією адресою. Попередні вже враховано.',
      'Картка з вашим номером — у вашому кабінеті: покажіть її на касі.',
    ],
    button: 'Відкрити кабінет',
    notes: ['Для входу потрібні лише ця адреса й код. Пароля немає.'],
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
    paragraphs: ['Дякуємо за заявку. Ось причина:', reason],
    button: 'Написати нам',
    notes: ['Якщо ми щось пропустили, напишіть нам: рішення можна змінити.'],
  }),
  invitation: ({ accountName, from, expiresAt }, { business, formats }) => ({
    subject:
      accountName === null
        ? `Запрошення до ${business}`
        : `${business}: запрошення до спільного рахунку «${accountName}»`,
    heading: accountName === null ? 'Вас запрошено' : `Спільний рахунок «${accountName}»`,
    paragraphs: [
      accountName === null
        ? `${from ?? business} запрошує вас приєднатися до ${business}: частина витраченого на замовлення повертається, і кожну суму пояснено.`
        : `${from ?? business} запрошує вас до спільного рахунку «${accountName}» у ${business}: ви бачитимете його замовлення і винагороди.`,
    ],
    facts: [fact('Діє до', formats.day(expiresAt - 1))],
    button: 'Переглянути запрошення',
    notes: ['Відкривши запрошення, ви ще ні на що не погоджуєтеся: вирішите на сторінці.'],
  }),
  people_waiting: ({ accountName, people }) => ({
    subject: `${accountName}: хтось чекає на ваше підтвердження`,
    heading: people === 1 ? 'Одна людина чекає на підтвердження' : `Чекають на підтвердження: ${people}`,
    paragraphs: [
      `Хтось замовляв для «${accountName}» і приєднався. Доки ви не підтвердите, видно лише власні замовлення, а витрачати спільну винагороду не можна.`,
      'Якщо це чужа людина, вилучіть її на тій самій сторінці.',
    ],
    button: 'Переглянути, хто це',
    notes: ['Пишемо про це не частіше ніж раз на день і лише тоді, коли з’явився хтось новий.'],
  }),
  goodbye: ({ at }, { business, formats }) => ({
    subject: `${business}: вашу участь припинено`,
    heading: 'Вашу участь припинено',
    paragraphs: [
      `${formats.moment({ at, day: null })} ви вийшли на всіх пристроях, і ми вам більше не пишемо.`,
      'Ваші замовлення й винагороди залишаються в нашій бухгалтерії, як того вимагає закон. Якщо повернетеся, усе буде на місці, крім винагород, що до того часу згорять.',
    ],
    button: 'Повернутися',
    notes: ['Якщо це зробили не ви, натисніть кнопку й увійдіть із цією адресою.'],
  }),
};
