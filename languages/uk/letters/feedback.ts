import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { feedbackMails } from '../../../functions/voice/feedback/letters/kinds.ts';

const afterwards = {
  answered: 'Відповісти можна на сторінці вашого звернення.',
  waiting: 'Щоб рухатися далі, нам потрібна ваша відповідь: напишіть її на сторінці звернення.',
  resolved:
    'Ми вважаємо питання вирішеним. Якщо це не так, напишіть на сторінці звернення, і ми відкриємо його знову.',
};

const states = {
  open: 'Ми знову займаємося вашим зверненням',
  waiting: 'Нам потрібна ваша відповідь',
  resolved: 'Ми вважаємо питання вирішеним',
  closed: 'Ваше звернення закрито',
};

const stateTexts = {
  open: 'Ми знову відкрили ваше звернення й уже ним займаємося.',
  waiting: 'Щоб рухатися далі, нам потрібна відповідь від вас. Запитання — на сторінці звернення.',
  resolved:
    'З нашого боку все зроблено. Якщо для вас питання не вирішене, напишіть, і ми відкриємо його знову.',
  closed:
    'Більше нічого робити не треба. Якщо питання виникне знову, напишіть там, і ми до нього повернемося.',
};

export const feedback: Letters<typeof feedbackMails> = {
  feedback_received: ({ reference, replyDueAt }, { business, formats }) => ({
    subject: `Ми отримали ваше повідомлення (${reference})`,
    heading: 'Дякуємо, що написали нам',
    paragraphs: [
      replyDueAt === null
        ? `Команда ${business} читає кожне повідомлення. Ви не просили відповіді, тож напишемо, лише якщо матимемо запитання.`
        : `Хтось із команди ${business} його прочитає й відповість до часу, вказаного нижче.`,
    ],
    facts: [
      ['Номер звернення', reference],
      ...(replyDueAt === null ? [] : [fact('Відповімо до', formats.moment({ at: replyDueAt, day: null }))]),
    ],
    button: 'Переглянути звернення',
    notes: ['На сторінці видно, на якому етапі ваше звернення. Доповнити його можна будь-коли.'],
  }),
  feedback_answered: ({ reference, text, state }, { business }) => ({
    subject: `${business}: відповідь на ваше звернення (${reference})`,
    heading: 'Наша відповідь',
    paragraphs: text.split(/\n{2,}/),
    facts: [['Номер звернення', reference]],
    button: 'Переглянути листування',
    notes: [afterwards[state]],
  }),
  case_state: ({ reference, state }) => ({
    subject: `${states[state]} (${reference})`,
    heading: states[state],
    paragraphs: [stateTexts[state]],
    facts: [['Номер звернення', reference]],
    button: 'Переглянути звернення',
    notes: [],
  }),
  case_overdue: ({ reference, dueAt, isYours }, { formats }) => ({
    subject: `Прострочена відповідь (${reference})`,
    heading: 'Клієнт чекає довше, ніж ми обіцяли',
    paragraphs: [
      isYours
        ? 'Це звернення закріплене за вами, і відповіді ще немає.'
        : 'Цим зверненням ще ніхто не займається, і відповіді немає.',
    ],
    facts: [
      ['Номер звернення', reference],
      ['Обіцяно до', formats.moment({ at: dueAt, day: null })],
    ],
    button: 'Відкрити звернення',
    notes: ['Про кожну прострочену відповідь надходить лише один такий лист.'],
  }),
};
