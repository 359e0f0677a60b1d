import { z } from 'zod';
import { email, identifier, instant, optionalName } from '../../ground/platform/input.ts';

/** `POST /referrals`: somebody said a code at the till. `toldAt` is for tills that report later, 14 days at most. */
export const tellCodeInput = z.strictObject({
  code: identifier(40),
  customer: z.strictObject({ email, name: optionalName(120) }),
  toldAt: instant.optional(),
});
export type TellCodeInput = z.output<typeof tellCodeInput>;

export const tellCodeExample = {
  code: 'K7QX-M2PD',
  customer: { email: 'ben@example.com', name: 'Ben' },
  toldAt: '2026-03-01T10:00:00Z',
};

export const addMarkExample = { kind: 'payment', mark: 'card-fingerprint-4242' };
