import type { backupMails } from '../../../functions/desk/backup/letters/kinds.ts';
import type { proofMails } from '../../../functions/desk/verify/letters/kinds.ts';
import type { Formats } from '../../../functions/ground/formats/format.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const books: Letters<typeof proofMails & typeof backupMails> = {
  proof_found: ({ accounts, differences }, { business, formats }) => ({
    subject: `${business}: рахунки не сходяться`,
    heading: 'Рахунки не сходяться',
    paragraphs: [
      'Нічна звірка ще раз обчислила винагороди за замовленнями й правилами, і вийшло не те, що записано.',
      accounts > 0
        ? 'Доки рахунки, яких це стосується, не зійдуться, з них нічого не виплачується. Решта працює як завжди.'
        : 'Рахунків клієнтів це не стосується.',
    ],
    facts: [
      ['Рахунків, яких це стосується, поки що', formats.number(accounts)],
      ['Розбіжностей поки що', formats.number(differences)],
    ],
    button: 'Переглянути розбіжності',
    notes: [],
  }),
  backup_failed: ({ failure }, { business }) => ({
    subject: `${business}: резервну копію не зроблено`,
    heading: 'Резервну копію не зроблено',
    paragraphs: [
      'За розкладом мала з’явитися резервна копія порталу, але зробити її не вдалося.',
      reasons[failure],
    ],
    facts: [],
    button: 'Переглянути резервні копії',
    notes: [],
  }),
  backup_drill_failed: ({ madeAt, failure, ...found }, { business, formats }) => ({
    subject: `${business}: резервна копія ненадійна`,
    heading: 'Резервна копія ненадійна',
    paragraphs: [
      failure === null
        ? 'Резервну копію перевірили. У ній немає всього, що в неї записували, або рахунки в ній не сходяться.'
        : `Резервну копію перевіряли, але прочитати чи відновити її не вдалося. ${reasons[failure]}`,
      'Ваші дані не змінилися. Зробіть нову копію й перевірте її.',
    ],
    facts: [
      ...(madeAt === null ? [] : [fact('Копія за', formats.moment({ at: madeAt, day: null }))]),
      ...(failure === null
        ? [
            fact('Розбіжності', formats.number(found.differences ?? 0)),
            fact('Замовлення', of(formats, found.orders, found.ordersMade)),
            fact('Записи в реєстрі', of(formats, found.entries, found.entriesMade)),
            ...(found.filesMissing ? [fact('Бракує файлів', formats.number(found.filesMissing))] : []),
          ]
        : []),
    ],
    button: 'Переглянути резервні копії',
    notes: [],
  }),
};

const of = ({ number }: Formats, found: number | null, made: number | null) =>
  `${number(found ?? 0)} із ${number(made ?? 0)}`;

const reasons = {
  full: 'На диску не було місця. Звільніть місце або видаліть старіші копії.',
  busy: 'Щоразу робота переривалася, або саме тоді вивантажувався інший архів.',
  away: 'Місце для копій або база даних не відповідали.',
  too_large: 'Вона завелика для цього місця.',
  damaged: 'Копія була пошкоджена.',
  other_release: 'Вона з іншого випуску.',
  gone: 'Її файла вже немає на місці.',
  other: 'Щось пішло не так. Подробиці в журналі сервера.',
};
