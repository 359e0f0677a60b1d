import { z } from 'zod';
import type { Policy } from '../../ground/settings/policy.ts';

export type Registration = 'open' | 'invitation' | 'approval';

export const registration: Policy<Registration> = {
  key: 'registration',
  schema: z.enum(['open', 'invitation', 'approval']),
  standard: 'open',
  about: 'who may join: open, invitation or approval',
};
