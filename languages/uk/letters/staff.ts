import { fact, type LetterParams, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import type { staffMails } from '../../../functions/people/staff/letters/kinds.ts';

const rolesInWords: Record<Role, string> = {
  owner: 'власник',
  manager: 'менеджер',
  agent: 'консультант',
  analyst: 'аналітик',
};

const takingsOf = (who: string, role: Role | null) => ({
  'shut-out': `${who} втрачає доступ до консолі`,
  role: `${who} отримує роль «${rolesInWords[role ?? 'analyst']}»`,
  'sign-out': `${who} виходить на всіх пристроях`,
  factor: `${who} втрачає другий фактор і ключі доступу`,
});

const yourTakings = (role: Role | null) => ({
  'shut-out': 'ви втрачаєте доступ до консолі',
  role: `ви отримуєте роль «${rolesInWords[role ?? 'analyst']}»`,
  'sign-out': 'ви виходите на всіх пристроях',
  factor: 'ви втрачаєте другий фактор і ключі доступу',
});

const taken = ({ act, role, who, isYou }: LetterParams['owner_change']) =>
  (isYou ? yourTakings(role) : takingsOf(who, role))[act];

export const staff: Letters<typeof staffMails> = {
  staff_invitation: ({ role }, { business }) => ({
    subject: `Ваш доступ: ${business}`,
    heading: `${business}: вітаємо в команді`,
    paragraphs: [`Вас додано до команди. Ваша роль — ${rolesInWords[role]}. Натисніть кнопку, щоб увійти.`],
    button: 'Увійти',
    notes: ['Кнопка діє один раз, протягом 24 годин.'],
  }),
  owner_change: (params, { business, formats }) =>
    ({
      asked: {
        subject: params.isYou
          ? `${business}: у вас хочуть щось забрати`
          : `${business}: у власника хочуть щось забрати`,
        heading: params.isYou ? 'У вас хочуть щось забрати' : 'У власника хочуть щось забрати',
        paragraphs: [
          `Один із власників попросив про таке: ${taken(params)}. Це станеться ${formats.moment({ at: params.dueAt, day: null })}, якщо жоден власник не зупинить цього раніше.`,
          params.isYou
            ? 'У розділі «Команда» це можна зупинити або погодитися: тоді це станеться одразу.'
            : 'Зупинити це можна в розділі «Команда».',
        ],
        button: 'Відкрити команду',
        notes: ['Власники не можуть одразу забрати щось одне в одного, тож ніхто не закриє доступ решті.'],
      },
      agreed: {
        subject: `${business}: погоджено й зроблено`,
        heading: 'Погоджено й зроблено',
        paragraphs: [
          params.isYou
            ? `Ви погодилися: ${taken(params)}.`
            : `Власник, якого це стосується, погодився: ${taken(params)}.`,
        ],
        button: 'Відкрити команду',
        notes: [],
      },
      due: {
        subject: `${business}: доба минула`,
        heading: 'Доба минула',
        paragraphs: [`Ніхто цього не зупинив, тож відтепер ${taken(params)}.`],
        button: 'Відкрити команду',
        notes: [],
      },
      stopped: {
        subject: `${business}: зупинено`,
        heading: 'Власник це зупинив',
        paragraphs: [`Про це просили, але цього не станеться: ${taken(params)}.`],
        button: 'Відкрити команду',
        notes: [],
      },
    })[params.outcome],
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
  factor_added: ({ at }, { business, formats }) => ({
    subject: `${business}: додано застосунок-автентифікатор`,
    heading: 'Додано застосунок-автентифікатор',
    paragraphs: [
      `${formats.moment({ at, day: null })} для вашого облікового запису додано застосунок-автентифікатор. Відтепер його коди підтверджують, що це ви.`,
    ],
    button: 'Переглянути мої пристрої',
    notes: [
      'Якщо це зробили ви, усе гаразд.',
      'Якщо ні, негайно попросіть власника скинути ваш другий фактор: тоді ви вийдете на всіх пристроях.',
    ],
  }),
};
