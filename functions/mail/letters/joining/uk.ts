import type { Letters } from '../mail-kind.ts';
import type { joiningMails } from './kinds.ts';

export const uk: Letters<typeof joiningMails> = {};
