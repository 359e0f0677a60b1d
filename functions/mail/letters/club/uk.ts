import type { Letters } from '../mail-kind.ts';
import type { clubMails } from './kinds.ts';

export const uk: Letters<typeof clubMails> = {};
