import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import { instantAnswer } from '../../ground/platform/answer.ts';
import { email, identifier } from '../../ground/platform/input.ts';

/** `POST /accounts/{id}/people` */
export const invitePersonInput = z.strictObject({
  email,
  mayRedeem: z.boolean().default(false),
  language: z
    .enum(locales)
    .nullish()
    .transform((code) => code ?? null),
});

/** `POST /accounts/{id}/people/{customerId}/permission`; what is left out stays. */
export const permissionInput = z.strictObject({
  mayRedeem: z.boolean().optional(),
  isManager: z.boolean().optional(),
});

/** `POST /accounts/{id}/removals` */
export const removalInput = z.strictObject({ customerId: identifier(64) });

export const personAnswer = z.object({
  customerId: z.string(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  department: z.string().nullable(),
  since: instantAnswer,
  isManager: z.boolean(),
  mayRedeem: z.boolean(),
});

export const permissionAnswer = z.object({
  accountId: z.string(),
  customerId: z.string(),
  isManager: z.boolean(),
  mayRedeem: z.boolean(),
});
export const removalAnswer = z.object({ accountId: z.string(), customerId: z.string() });

export const invitePersonExample = { email: 'ann@example.com', mayRedeem: true };
export const permissionExample = { mayRedeem: false };
export const removalExample = { customerId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f' };
