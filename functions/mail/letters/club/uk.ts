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
        ? 'Ви багато в нас купували, тож запрошуємо вас до клубу: одне натискання — і ви учасник.'
        : 'Ми будемо раді бачити вас у клубі: одне натискання — і ви учасник.',
      'Участь безкоштовна, припинити її можна будь-коли.',
    ],
    button: 'Переваги учасників',
    notes: [],
  }),
  club_welcome: ({ since }, { business, formats }) => ({
    subject: `${business}: вітаємо в клубі`,
    heading: 'Вітаємо в клубі',
    paragraphs: [
      `Ви учасник клубу з ${formats.day(since)}. Ваша картка й усі переваги учасників — на сторінці клубу.`,
    ],
    button: 'Переглянути картку',
    notes: ['Вийти з клубу можна будь-коли на тій самій сторінці.'],
  }),
  club_declined: ({ reason }, { business }) => ({
    subject: `${business}: ваша заявка до клубу`,
    heading: 'Поки що ми не можемо вас прийняти',
    paragraphs: ['Дякуємо за бажання вступити до нашого клубу. Ось причина:', reason],
    button: 'Як потрапити до клубу',
    notes: ['Ви можете подати заявку знову.'],
  }),
  drop_open: ({ title, stock, closesAt }, { formats }) => ({
    subject: `Уже відкрито для вас: ${named(title)}`,
    heading: named(title),
    paragraphs: ['Тепер ви можете забронювати одну одиницю. Спершу ті, хто встиг першим, далі — за чергою.'],
    facts: [fact('Кількість', String(stock)), fact('До', formats.moment({ at: closesAt, day: null }))],
    button: 'Забронювати',
    notes: [],
  }),
  drop_claimed: ({ title, until }, { formats }) => ({
    subject: `Заброньовано для вас: ${named(title)}`,
    heading: 'Товар заброньовано для вас',
    paragraphs: [`Ми тримаємо для вас «${named(title)}».`],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: ['Якщо передумаєте, скасуйте там бронь: товар отримає наступний у черзі.'],
  }),
  drop_waiting: ({ title }) => ({
    subject: `Ви в черзі: ${named(title)}`,
    heading: 'Ви в черзі',
    paragraphs: [
      `«${named(title)}» — усе розібрано. Щойно хтось відмовиться, товар отримає наступний у черзі.`,
    ],
    button: 'Переглянути своє місце',
    notes: ['Робити нічого не треба: ми напишемо, коли надійде ваша черга.'],
  }),
  drop_moved_up: ({ title, until }, { formats }) => ({
    subject: `Надійшла ваша черга: ${named(title)}`,
    heading: 'Надійшла ваша черга',
    paragraphs: [`Ви були наступними в черзі на «${named(title)}», і тепер товар заброньовано для вас.`],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: ['Якщо він вам уже не потрібен, скасуйте там бронь: товар отримає наступний у черзі.'],
  }),
  event_invitation: (event, mentions) => ({
    subject: `Запрошення: ${named(event.title)}`,
    heading: named(event.title),
    paragraphs: ['Запрошуємо вас. Дайте відповідь «так», «ні» або «можливо»; передумати можна будь-коли.'],
    facts: [
      ...eventFacts(event, mentions),
      fact('Відповісти до', mentions.formats.moment({ at: event.answerUntil, day: null })),
    ],
    button: 'Відповісти',
    notes: [],
  }),
  event_moved_up: (event, mentions) => ({
    subject: `Для вас є місце: ${named(event.title)}`,
    heading: 'Звільнилося місце для вас',
    paragraphs: [`Ви були наступними в черзі на подію «${named(event.title)}».`],
    facts: eventFacts(event, mentions),
    button: 'Переглянути відповідь',
    notes: ['Якщо не зможете прийти, повідомте про це там: місце отримає наступний у черзі.'],
  }),
  event_reminder: (event, mentions) => ({
    subject: `Уже завтра: ${named(event.title)}`,
    heading: 'До зустрічі',
    paragraphs: [`Незабаром «${named(event.title)}», і для вас є місце.`],
    facts: eventFacts(event, mentions),
    button: 'Переглянути подію',
    notes: ['Якщо не зможете прийти, повідомте про це там: місце отримає наступний у черзі.'],
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
    subject: `Перевагу скасовано: ${named(title)}`,
    heading: 'Ми не змогли дотримати обіцянки',
    paragraphs: [
      `«${named(title)}» більше не належить до переваг учасників. Причина:`,
      named(reason),
      ...(bonus === null ? [] : [`Щоб вибачитися, ми нарахували вам ${formats.money(bonus)}.`]),
      'Просимо вибачення.',
    ],
    button: 'Переглянути сторінку клубу',
    notes: [],
  }),
  panel_outcome: ({ title, outcome }) => ({
    subject: `Результат: ${named(title)}`,
    heading: 'Дякуємо за вашу думку',
    paragraphs: [`Ви відповіли на запитання «${named(title)}». Ось результат:`, named(outcome)],
    button: 'Переглянути всі відповіді',
    notes: [],
  }),
  directory_message: ({ from, text, address }) => ({
    subject: `Вам пише учасник клубу: ${from}`,
    heading: `Вам пише ${from}`,
    paragraphs: [text],
    ...(address === null ? {} : { facts: [fact('Адреса', address)] }),
    button: 'Відповісти',
    notes: [
      'Вашу адресу не видно, доки ви самі її не надішлете.',
      'Ви є в переліку учасників клубу; прибрати себе з нього можна будь-коли.',
    ],
  }),
};
