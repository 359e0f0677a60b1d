import type { backupMails } from '../../../functions/desk/backup/letters/kinds.ts';
import type { proofMails } from '../../../functions/desk/verify/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

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
};

const reasons = {
  full: 'На диску не було місця. Звільніть місце або видаліть старіші копії.',
  busy: 'Під час запису щоразу додавалося щось нове. Виберіть годину, коли ніхто не продає.',
  away: 'Місце для копій або база даних не відповідали.',
  too_large: 'Вона завелика для цього місця.',
  damaged: 'Копія була пошкоджена.',
  other_release: 'Вона з іншого випуску.',
  gone: 'Її файла вже немає на місці.',
  other: 'Щось пішло не так. Подробиці в журналі сервера.',
};
