import type { Letters } from '../mail-kind.ts';
import type { feedbackMails } from './kinds.ts';

export const uk: Letters<typeof feedbackMails> = {};
