import type { Role } from '../../../platform/context.ts';
import type { Letters } from '../mail-kind.ts';
import type { staffMails } from './kinds.ts';

const rolesInWords: Record<Role, string> = {
  owner: 'власник',
  manager: 'менеджер',
  agent: 'консультант',
  analyst: 'аналітик',
};

export const uk: Letters<typeof staffMails> = {
  staff_invitation: ({ role }, { business }) => ({
    subject: `Ваш доступ: ${business}`,
    heading: `${business}: вітаємо в команді`,
    paragraphs: [`Вас додано до команди. Ваша роль — ${rolesInWords[role]}. Натисніть кнопку, щоб увійти.`],
    button: 'Увійти',
    notes: ['Кнопка діє один раз, протягом 24 годин.'],
  }),
};
