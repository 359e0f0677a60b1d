import type { Role } from '../../../platform/context.ts';
import type { Letters } from '../mail-kind.ts';
import type { staffMails } from './kinds.ts';

const rolesInWords: Record<Role, string> = {
  owner: 'owner',
  manager: 'manager',
  agent: 'agent',
  analyst: 'analyst',
};

export const en: Letters<typeof staffMails> = {
  staff_invitation: ({ role }, { business }) => ({
    subject: `Your access to ${business}`,
    heading: `Welcome to ${business}`,
    paragraphs: [`You have been added to the team as ${rolesInWords[role]}. Press the button to sign in.`],
    button: 'Sign in',
    notes: ['The button works once, within 24 hours.'],
  }),
};
