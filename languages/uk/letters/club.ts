import type { clubMails } from '../../../functions/circle/club/letters/kinds.ts';
import { fact, type Letters, type Mentions } from '../../../functions/ground/outbox/letter-kind.ts';

const eventFacts = (event: { startsAt: number; place: string }, { formats }: Mentions) => [
  fact('Коли', formats.moment({ at: event.startsAt, day: null })),
  fact('Де', event.place),
];

export const club: Letters<typeof clubMails> = {
  club_invitation: ({ isBySpend }, { business, you }) => ({
    subject: you(`${business}: запрошуємо вас до клубу`, `${business}: запрошуємо тебе до клубу`),
    heading: 'Запрошуємо до клубу',
    paragraphs: [
      isBySpend
        ? you(
            'Ви багато в нас купували, тож запрошуємо вас до клубу: одне натискання — і ви учасник.',
            'Твоїх покупок у нас багато, тож запрошуємо тебе до клубу: одне натискання — і ти з нами.',
          )
        : you(
            'Ми будемо раді бачити вас у клубі: одне натискання — і ви учасник.',
            'Ми будемо раді бачити тебе в клубі: одне натискання — і ти з нами.',
          ),
      'Участь безкоштовна, припинити її можна будь-коли.',
    ],
    button: 'Переваги учасників',
    notes: [],
  }),
  club_welcome: ({ since }, { business, formats, you }) => ({
    subject: `${business}: вітаємо в клубі`,
    heading: 'Вітаємо в клубі',
    paragraphs: [
      you(
        `Ви учасник клубу з ${formats.day(since)}. Ваша картка й усі переваги учасників — на сторінці клубу.`,
        `Ти в клубі з ${formats.day(since)}. Твоя картка й усі переваги учасників — на сторінці клубу.`,
      ),
    ],
    button: 'Переглянути картку',
    notes: ['Вийти з клубу можна будь-коли на тій самій сторінці.'],
  }),
  club_declined: ({ reason }, { business, you }) => ({
    subject: you(`${business}: ваша заявка до клубу`, `${business}: твоя заявка до клубу`),
    heading: you('Поки що ми не можемо вас прийняти', 'Поки що ми не можемо тебе прийняти'),
    paragraphs: ['Дякуємо за бажання вступити до нашого клубу. Ось причина:', reason],
    button: 'Як потрапити до клубу',
    notes: [you('Ви можете подати заявку знову.', 'Ти можеш подати заявку знову.')],
  }),
  drop_open: ({ title, stock, closesAt }, { formats, inLanguage, you }) => ({
    subject: you(`Уже відкрито для вас: ${inLanguage(title)}`, `Уже відкрито для тебе: ${inLanguage(title)}`),
    heading: inLanguage(title),
    paragraphs: [
      you(
        'Тепер ви можете забронювати одну одиницю. Спершу ті, хто встиг першим, далі — за чергою.',
        'Тепер ти можеш забронювати одну одиницю. Спершу ті, хто встиг першим, далі — за чергою.',
      ),
    ],
    facts: [fact('Кількість', String(stock)), fact('До', formats.moment({ at: closesAt, day: null }))],
    button: 'Забронювати',
    notes: [],
  }),
  drop_claimed: ({ title, until }, { formats, inLanguage, you }) => ({
    subject: you(`Заброньовано для вас: ${inLanguage(title)}`, `Заброньовано для тебе: ${inLanguage(title)}`),
    heading: you('Товар заброньовано для вас', 'Товар заброньовано для тебе'),
    paragraphs: [
      you(`Ми тримаємо для вас «${inLanguage(title)}».`, `Ми тримаємо для тебе «${inLanguage(title)}».`),
    ],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: [
      you(
        'Якщо передумаєте, скасуйте там бронь: товар отримає наступний у черзі.',
        'Якщо передумаєш, скасуй там бронь: товар отримає наступний у черзі.',
      ),
    ],
  }),
  drop_waiting: ({ title }, { inLanguage, you }) => ({
    subject: you(`Ви в черзі: ${inLanguage(title)}`, `Ти в черзі: ${inLanguage(title)}`),
    heading: you('Ви в черзі', 'Ти в черзі'),
    paragraphs: [
      `«${inLanguage(title)}» — усе розібрано. Щойно хтось відмовиться, товар отримає наступний у черзі.`,
    ],
    button: 'Переглянути своє місце',
    notes: [
      you(
        'Робити нічого не треба: ми напишемо, коли надійде ваша черга.',
        'Робити нічого не треба: ми напишемо, коли надійде твоя черга.',
      ),
    ],
  }),
  drop_moved_up: ({ title, until }, { formats, inLanguage, you }) => ({
    subject: you(`Надійшла ваша черга: ${inLanguage(title)}`, `Надійшла твоя черга: ${inLanguage(title)}`),
    heading: you('Надійшла ваша черга', 'Надійшла твоя черга'),
    paragraphs: [
      you(
        `Ви були наступними в черзі на «${inLanguage(title)}», і тепер товар заброньовано для вас.`,
        `Твоя черга на «${inLanguage(title)}» надійшла, і тепер товар заброньовано для тебе.`,
      ),
    ],
    ...(until === null ? {} : { facts: [fact('Тримаємо до', formats.moment({ at: until, day: null }))] }),
    button: 'Переглянути бронь',
    notes: [
      you(
        'Якщо він вам уже не потрібен, скасуйте там бронь: товар отримає наступний у черзі.',
        'Якщо він тобі вже не потрібен, скасуй там бронь: товар отримає наступний у черзі.',
      ),
    ],
  }),
  event_invitation: (event, mentions) => ({
    subject: `Запрошення: ${mentions.inLanguage(event.title)}`,
    heading: mentions.inLanguage(event.title),
    paragraphs: [
      mentions.you(
        'Запрошуємо вас. Дайте відповідь «так», «ні» або «можливо»; передумати можна будь-коли.',
        'Запрошуємо тебе. Дай відповідь «так», «ні» або «можливо»; передумати можна будь-коли.',
      ),
    ],
    facts: [
      ...eventFacts(event, mentions),
      fact('Відповісти до', mentions.formats.moment({ at: event.answerUntil, day: null })),
    ],
    button: 'Відповісти',
    notes: [],
  }),
  event_moved_up: (event, mentions) => ({
    subject: mentions.you(
      `Для вас є місце: ${mentions.inLanguage(event.title)}`,
      `Для тебе є місце: ${mentions.inLanguage(event.title)}`,
    ),
    heading: mentions.you('Звільнилося місце для вас', 'Звільнилося місце для тебе'),
    paragraphs: [
      mentions.you(
        `Ви були наступними в черзі на подію «${mentions.inLanguage(event.title)}».`,
        `Надійшла твоя черга на подію «${mentions.inLanguage(event.title)}».`,
      ),
    ],
    facts: eventFacts(event, mentions),
    button: 'Переглянути відповідь',
    notes: [
      mentions.you(
        'Якщо не зможете прийти, повідомте про це там: місце отримає наступний у черзі.',
        'Якщо не зможеш прийти, повідом про це там: місце отримає наступний у черзі.',
      ),
    ],
  }),
  event_reminder: (event, mentions) => ({
    subject: `Уже завтра: ${mentions.inLanguage(event.title)}`,
    heading: 'До зустрічі',
    paragraphs: [
      mentions.you(
        `Незабаром «${mentions.inLanguage(event.title)}», і для вас є місце.`,
        `Незабаром «${mentions.inLanguage(event.title)}», і для тебе є місце.`,
      ),
    ],
    facts: eventFacts(event, mentions),
    button: 'Переглянути подію',
    notes: [
      mentions.you(
        'Якщо не зможете прийти, повідомте про це там: місце отримає наступний у черзі.',
        'Якщо не зможеш прийти, повідом про це там: місце отримає наступний у черзі.',
      ),
    ],
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
  benefit_withdrawn: ({ title, reason, bonus }, { formats, inLanguage, you }) => ({
    subject: `Перевагу скасовано: ${inLanguage(title)}`,
    heading: 'Ми не змогли дотримати обіцянки',
    paragraphs: [
      `«${inLanguage(title)}» більше не належить до переваг учасників. Причина:`,
      inLanguage(reason),
      ...(bonus === null
        ? []
        : [
            you(
              `Щоб вибачитися, ми нарахували вам ${formats.money(bonus)}.`,
              `Щоб вибачитися, ми нарахували тобі ${formats.money(bonus)}.`,
            ),
          ]),
      'Просимо вибачення.',
    ],
    button: 'Переглянути сторінку клубу',
    notes: [],
  }),
  panel_outcome: ({ title, outcome }, { inLanguage, you }) => ({
    subject: `Результат: ${inLanguage(title)}`,
    heading: you('Дякуємо за вашу думку', 'Дякуємо за твою думку'),
    paragraphs: [
      you(
        `Ви відповіли на запитання «${inLanguage(title)}». Ось результат:`,
        `Твоя відповідь на запитання «${inLanguage(title)}» врахована. Ось результат:`,
      ),
      inLanguage(outcome),
    ],
    button: 'Переглянути всі відповіді',
    notes: [],
  }),
  directory_message: ({ from, text, address }, { you }) => ({
    subject: you(`Вам пише учасник клубу: ${from}`, `Тобі пише учасник клубу: ${from}`),
    heading: you(`Вам пише ${from}`, `Тобі пише ${from}`),
    paragraphs: [text],
    ...(address === null ? {} : { facts: [fact('Адреса', address)] }),
    button: 'Відповісти',
    notes: [
      you(
        'Вашу адресу не видно, доки ви самі її не надішлете.',
        'Твою адресу не видно, доки ти її не надішлеш.',
      ),
      you(
        'Ви є в переліку учасників клубу; прибрати себе з нього можна будь-коли.',
        'Ти є в переліку учасників клубу; прибрати себе з нього можна будь-коли.',
      ),
    ],
  }),
};
