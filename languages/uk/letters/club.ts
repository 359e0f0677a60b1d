import type { clubMails } from '../../../functions/circle/club/letters/kinds.ts';
import { fact, type Letters, type Mentions } from '../../../functions/ground/outbox/letter-kind.ts';

const eventFacts = (event: { startsAt: number; place: string }, { formats }: Mentions) => [
  fact('Коли', formats.moment({ at: event.startsAt, day: null })),
  fact('Де', event.place),
];

export const club: Letters<typeof clubMails> = {
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
  drop_open: ({ title, stock, closesAt }, { formats, inLanguage }) => ({
    subject: `Уже відкрито для вас: ${inLanguage(title)}`,
    heading: inLanguage(title),
    paragraphs: ['Тепер ви можете забронювати одну одиницю. Спершу ті, хто встиг першим, далі — за чергою.'],
    facts: [fact('Кількість', String(stock)), fact('До', formats.moment({ at: closesAt, day: null }))],
    button: 'Забронювати',
    notes: [],
  }),
  drop_claimed: ({ title, until }, { formats, inLanguage }) => ({
    subject: `Заброньовано для вас: ${inLanguage(title)}`,
    heading: 'Товар заброньовано для вас',
    paragraphs: [`Ми тримаємо для вас «${inLanguage(title)}».`],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: ['Якщо передумаєте, скасуйте там бронь: товар отримає наступний у черзі.'],
  }),
  drop_waiting: ({ title }, { inLanguage }) => ({
    subject: `Ви в черзі: ${inLanguage(title)}`,
    heading: 'Ви в черзі',
    paragraphs: [
      `«${inLanguage(title)}» — усе розібрано. Щойно хтось відмовиться, товар отримає наступний у черзі.`,
    ],
    button: 'Переглянути своє місце',
    notes: ['Робити нічого не треба: ми напишемо, коли надійде ваша черга.'],
  }),
  drop_moved_up: ({ title, until }, { formats, inLanguage }) => ({
    subject: `Надійшла ваша черга: ${inLanguage(title)}`,
    heading: 'Надійшла ваша черга',
    paragraphs: [`Ви були наступними в черзі на «${inLanguage(title)}», і тепер товар заброньовано для вас.`],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: ['Якщо він вам уже не потрібен, скасуйте там бронь: товар отримає наступний у черзі.'],
  }),
  event_invitation: (event, mentions) => ({
    subject: `Запрошення: ${mentions.inLanguage(event.title)}`,
    heading: mentions.inLanguage(event.title),
    paragraphs: ['Запрошуємо вас. Дайте відповідь «так», «ні» або «можливо»; передумати можна будь-коли.'],
    facts: [
      ...eventFacts(event, mentions),
      fact('Відповісти до', mentions.formats.moment({ at: event.answerUntil, day: null })),
    ],
    button: 'Відповісти',
    notes: [],
  }),
  event_moved_up: (event, mentions) => ({
    subject: `Для вас є місце: ${mentions.inLanguage(event.title)}`,
    heading: 'Звільнилося місце для вас',
    paragraphs: [`Ви були наступними в черзі на подію «${mentions.inLanguage(event.title)}».`],
    facts: eventFacts(event, mentions),
    button: 'Переглянути відповідь',
    notes: ['Якщо не зможете прийти, повідомте про це там: місце отримає наступний у черзі.'],
  }),
  event_reminder: (event, mentions) => ({
    subject: `Уже завтра: ${mentions.inLanguage(event.title)}`,
    heading: 'До зустрічі',
    paragraphs: [`Незабаром «${mentions.inLanguage(event.title)}», і для вас є місце.`],
    facts: eventFacts(event, mentions),
    button: 'Переглянути подію',
    notes: ['Якщо не зможете прийти, повідомте про це там: місце отримає наступний у черзі.'],
  }),
  event_cancelled: (event, mentions) => ({
    subject: `Скасовано: ${mentions.inLanguage(event.title)}`,
    heading: 'Ми мусили скасувати подію',
    paragraphs: [
      `«${mentions.inLanguage(event.title)}» не відбудеться. Причина:`,
      event.reason,
      'Просимо вибачення.',
    ],
    facts: eventFacts(event, mentions),
    button: 'Переглянути подію',
    notes: [],
  }),
  benefit_withdrawn: ({ title, reason, bonus }, { formats, inLanguage }) => ({
    subject: `Перевагу скасовано: ${inLanguage(title)}`,
    heading: 'Ми не змогли дотримати обіцянки',
    paragraphs: [
      `«${inLanguage(title)}» більше не належить до переваг учасників. Причина:`,
      inLanguage(reason),
      ...(bonus === null ? [] : [`Щоб вибачитися, ми нарахували вам ${formats.money(bonus)}.`]),
      'Просимо вибачення.',
    ],
    button: 'Переглянути сторінку клубу',
    notes: [],
  }),
  panel_outcome: ({ title, outcome }, { inLanguage }) => ({
    subject: `Результат: ${inLanguage(title)}`,
    heading: 'Дякуємо за вашу думку',
    paragraphs: [`Ви відповіли на запитання «${inLanguage(title)}». Ось результат:`, inLanguage(outcome)],
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
