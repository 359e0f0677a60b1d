import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import { instantAnswer } from '../../ground/platform/answer.ts';
import { email, freeText } from '../../ground/platform/input.ts';

const language = z
  .enum(locales)
  .nullish()
  .transform((code) => code ?? null);

/** `POST /invitations` */
export const inviteInput = z.strictObject({ email, language });

/** `POST /join-requests/{id}/decision` */
export const decisionInput = z.strictObject({
  outcome: z.enum(['approved', 'declined']),
  reason: freeText(500),
});

export const invitedAnswer = z.object({ id: z.string(), expiresAt: instantAnswer });
export const decidedAnswer = z.object({ id: z.string(), outcome: z.enum(['approved', 'declined']) });
export const requestAnswer = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  askedAt: instantAnswer,
});

export const inviteExample = { email: 'ann@example.com', language: 'en' };
export const decisionExample = { outcome: 'declined', reason: 'We serve trade customers only.' };
