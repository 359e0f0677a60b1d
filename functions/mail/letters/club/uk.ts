import { namedIn } from '../../../club/texts.ts';
import { fact, type Letters, type Mentions } from '../mail-kind.ts';
import type { clubMails } from './kinds.ts';

const named = (names: Record<string, string>) => namedIn(names, 'uk');

const eventFacts = (event: { startsAt: number; place: string }, { formats }: Mentions) => [
  fact('Коли', formats.moment({ at: event.startsAt, day: null })),
  fact('Де', event.place),
];

export const uk: Letters<typeof clubMails> = {
  club_invitation: ({ isBySpend }, { business }) => ({
    subject: `${business}: запрошуємо вас до клубу`,
    heading: 'Запрошуємо до клубу',
    paragraphs: [
      isBySpend
        ? 'Ви так часто були з нами, що двері для вас відчинені: одне натискання, і ви учасник.'
        : 'Ми будемо раді бачити вас у клубі: одне натискання, і ви учасник.',
      'Це безкоштовно, а вийти так само легко, як увійти.',
    ],
    button: 'Що мають учасники',
    notes: [],
  }),
  club_welcome: ({ since }, { business, formats }) => ({
    subject: `${business}: вітаємо в клубі`,
    heading: 'Вітаємо в клубі',
    paragraphs: [
      `Ви учасник клубу з ${formats.day(since)}. Ваша картка й усе, що мають учасники, — на сторінці клубу.`,
    ],
    button: 'Переглянути картку',
    notes: ['Вийти з клубу можна будь-коли на тій самій сторінці.'],
  }),
  club_declined: ({ reason }, { business }) => ({
    subject: `${business}: ваша заявка до клубу`,
    heading: 'Цього разу ні',
    paragraphs: [
      'Дякуємо за бажання вступити до нашого клубу. Зараз ми не можемо вас прийняти. Причина:',
      reason,
    ],
    button: 'Як потрапити до клубу',
    notes: ['Ви можете подати заявку знову.'],
  }),
  drop_open: ({ title, stock, closesAt }, { formats }) => ({
    subject: `Уже відкрито для вас: ${named(title)}`,
    heading: named(title),
    paragraphs: [
      'Відтепер ви можете забронювати один примірник. Хто перший, тому й дістанеться; далі — за чергою.',
    ],
    facts: [fact('Примірників', String(stock)), fact('До', formats.moment({ at: closesAt, day: null }))],
    button: 'Забронювати',
    notes: [],
  }),
  drop_claimed: ({ title, until }, { formats }) => ({
    subject: `Ваше: ${named(title)}`,
    heading: 'Один примірник — ваш',
    paragraphs: [`Ми тримаємо для вас «${named(title)}».`],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: ['Якщо передумаєте, відмовтеся там: річ отримає наступний у черзі.'],
  }),
  drop_waiting: ({ title }) => ({
    subject: `Ви в черзі: ${named(title)}`,
    heading: 'Ви в черзі',
    paragraphs: [
      `Усі примірники «${named(title)}» розібрано. Щойно один звільниться, він перейде до наступного в черзі.`,
    ],
    button: 'Переглянути своє місце',
    notes: ['Нічого робити не треба: ми напишемо, коли річ стане вашою.'],
  }),
  drop_moved_up: ({ title, until }, { formats }) => ({
    subject: `Звільнився примірник: ${named(title)}`,
    heading: 'Примірник звільнився, і він ваш',
    paragraphs: [`Ви були наступними в черзі на «${named(title)}». Ми тримаємо його для вас.`],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: ['Якщо він вам уже не потрібен, відмовтеся там: річ отримає наступний у черзі.'],
  }),
  event_invitation: (event, mentions) => ({
    subject: `Запрошення: ${named(event.title)}`,
    heading: named(event.title),
    paragraphs: ['Запрошуємо вас. Відповідайте «так», «ні» чи «можливо»; передумати можна будь-коли.'],
    facts: [
      ...eventFacts(event, mentions),
      fact('Відповісти до', mentions.formats.moment({ at: event.answerUntil, day: null })),
    ],
    button: 'Відповісти',
    notes: [],
  }),
  event_moved_up: (event, mentions) => ({
    subject: `Для вас є місце: ${named(event.title)}`,
    heading: 'Місце звільнилося, і воно ваше',
    paragraphs: [`Ви були наступними в черзі на «${named(event.title)}».`],
    facts: eventFacts(event, mentions),
    button: 'Переглянути відповідь',
    notes: ['Якщо не зможете прийти, скажіть про це там: місце отримає наступний у черзі.'],
  }),
  event_reminder: (event, mentions) => ({
    subject: `Уже завтра: ${named(event.title)}`,
    heading: 'До зустрічі',
    paragraphs: [`Незабаром «${named(event.title)}», і для вас є місце.`],
    facts: eventFacts(event, mentions),
    button: 'Переглянути подію',
    notes: ['Якщо не зможете прийти, скажіть про це там: місце отримає наступний у черзі.'],
  }),
  event_cancelled: (event, mentions) => ({
    subject: `Скасовано: ${named(event.title)}`,
    heading: 'Ми мусили скасувати подію',
    paragraphs: [`«${named(event.title)}» не відбудеться. Причина:`, event.reason, 'Просимо вибачення.'],
    facts: eventFacts(event, mentions),
    button: 'Переглянути подію',
    notes: [],
  }),
  benefit_withdrawn: ({ title, reason, bonus }, { formats }) => ({
    subject: `Ми не можемо цього дотримати: ${named(title)}`,
    heading: 'Ми обіцяли те, чого не можемо дотримати',
    paragraphs: [
      `«${named(title)}» більше не належить до переваг учасників. Причина:`,
      named(reason),
      ...(bonus === null ? [] : [`На знак вибачення ми зарахували ${formats.money(bonus)} на ваш рахунок.`]),
      'Просимо вибачення.',
    ],
    button: 'Переглянути сторінку клубу',
    notes: [],
  }),
  panel_outcome: ({ title, outcome }) => ({
    subject: `Що з цього вийшло: ${named(title)}`,
    heading: 'Ви порадили, ми вирішили',
    paragraphs: [
      `Ви відповіли на запитання «${named(title)}». Ось що з цього вийшло:`,
      named(outcome),
      'Дякуємо.',
    ],
    button: 'Переглянути всі відповіді',
    notes: [],
  }),
  directory_message: ({ from, text, address }) => ({
    subject: `Вам пише учасник клубу: ${from}`,
    heading: `${from} пише вам`,
    paragraphs: [text],
    ...(address === null ? {} : { facts: [fact('Адреса', address)] }),
    button: 'Відповісти',
    notes: [
      'Вашої адреси не видно, доки ви самі її не дасте.',
      'Ви є в переліку учасників; вийти з нього можна будь-коли.',
    ],
  }),
};
