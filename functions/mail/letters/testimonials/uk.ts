import type { Letters } from '../mail-kind.ts';
import type { testimonialMails } from './kinds.ts';

export const uk: Letters<typeof testimonialMails> = {};
