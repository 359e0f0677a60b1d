import type { standingMails } from '../../../functions/circle/club/letters/standing-kinds.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const clubStanding: Letters<typeof standingMails> = {
  club_level_keep: ({ level, missing, by, graceThrough, fallsTo }, { formats, inLanguage, you }) => ({
    subject: `${inLanguage(level)}: щоб зберегти рівень, лишилося ${formats.money(missing)} до ${formats.date(by)}`,
    heading: you('Збережіть свій рівень', 'Збережи свій рівень'),
    paragraphs: [
      you(
        `Щоб рівень «${inLanguage(level)}» лишився вашим ще на рік, зробіть до ${formats.date(by)} покупок ще на ${formats.money(missing)}.`,
        `Щоб рівень «${inLanguage(level)}» лишився твоїм ще на рік, зроби до ${formats.date(by)} покупок ще на ${formats.money(missing)}.`,
      ),
      ...(graceThrough === null
        ? []
        : [
            `Є й запас: покупки до ${formats.date(graceThrough)} теж зараховуються, і доти рівень не зміниться.`,
          ]),
      you(
        `Інакше вашим рівнем стане «${inLanguage(fallsTo)}». Усе, що ви вже заробили, лишиться вашим.`,
        `Інакше твоїм рівнем стане «${inLanguage(fallsTo)}». Усе, що вже зароблено, лишиться твоїм.`,
      ),
    ],
    button: 'Переглянути рівень',
    notes: [],
  }),
  club_level_fell: ({ level, next }, { formats, inLanguage, you }) => ({
    subject: you(
      `Ваш рівень у клубі тепер «${inLanguage(level)}»`,
      `Твій рівень у клубі тепер «${inLanguage(level)}»`,
    ),
    heading: you(`Тепер ваш рівень — «${inLanguage(level)}»`, `Тепер твій рівень — «${inLanguage(level)}»`),
    paragraphs: [
      'Покупок за час, що зараховується, не вистачило, щоб зберегти рівень.',
      ...(next === null
        ? []
        : [
            `Ще ${formats.money(next.missing)} цього року — і рівень «${inLanguage(next.level)}» повернеться одразу.`,
          ]),
      you(
        'Ви й далі в клубі, і все, що ви заробили, лишається вашим.',
        'Ти й далі в клубі, і все, що зароблено, лишається твоїм.',
      ),
    ],
    button: 'Переглянути рівень',
    notes: [],
  }),
  promise_made_good: ({ order, title, day, amount }, { formats, inLanguage, you }) => ({
    subject: 'Ми не дотримали обіцянки',
    heading: 'Ми не дотримали обіцянки',
    paragraphs: [
      order === null
        ? you(
            `${formats.date(day)} ми не дотримали для вас обіцянки «${inLanguage(title ?? {})}».`,
            `${formats.date(day)} ми не дотримали для тебе обіцянки «${inLanguage(title ?? {})}».`,
          )
        : `Замовлення ${order} мало надійти до ${formats.date(day)}, але не надійшло вчасно.`,
      you(
        `Вибачте. На знак вибачення ми нарахували на ваш рахунок ${formats.money(amount)}. Робити нічого не треба.`,
        `Вибач. На знак вибачення ми нарахували на твій рахунок ${formats.money(amount)}. Робити нічого не треба.`,
      ),
    ],
    button: 'Переглянути виписку',
    notes: [],
  }),
  promise_poor: ({ title, kept, of }, { formats, inLanguage }) => ({
    subject: `Забагато обіцяно: ${title === null ? 'дні доставки' : inLanguage(title)}`,
    heading: 'Обіцянка, якої дотримують зарідко',
    paragraphs: [
      title === null
        ? 'За останні 90 днів до обіцяного дня надійшло менше ніж 95 зі 100 замовлень.'
        : `За останній рік обіцянки «${inLanguage(title)}» дотримали менше ніж у 95 випадках зі 100.`,
      'Обіцяти варто лише те, чого вдається дотримати: цю обіцянку можна скасувати або залишити, пояснивши чому. Доти нічого не зміниться.',
    ],
    facts: [
      fact('Обіцяно', formats.number(of)),
      fact('Дотримано', formats.number(kept)),
      fact('Частка', formats.percent(Math.floor((kept * 10_000) / of))),
    ],
    button: 'Переглянути й вирішити',
    notes: [],
  }),
};
