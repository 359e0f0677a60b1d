import { z } from 'zod';
import type { Policy } from '../../ground/settings/policy.ts';

/** Whether staff need a second factor beside their mail; who has set one up always does. */
export const staffFactor: Policy<'required' | 'optional'> = {
  key: 'staffFactor',
  schema: z.enum(['required', 'optional']),
  standard: 'required',
  about: 'whether staff need a second factor: required or optional',
};
