import type { Letters } from '../mail-kind.ts';
import type { referralMails } from './kinds.ts';

export const uk: Letters<typeof referralMails> = {};
