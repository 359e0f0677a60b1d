import type { Letters } from '../mail-kind.ts';
import type { surveyMails } from './kinds.ts';

export const en: Letters<typeof surveyMails> = {};
