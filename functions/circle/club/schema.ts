import { z } from 'zod';
import { day, email, identifier, pageCursor } from '../../ground/platform/input.ts';

const account = identifier(100)
  .nullish()
  .transform((text) => text ?? null);

export const membersQuery = z.strictObject({ cursor: pageCursor.optional() });

/** `POST /club/members`: `since` may lie in the past. */
export const addMemberInput = z.strictObject({
  email,
  account,
  since: day.nullish().transform((text) => text ?? null),
});

/** `POST /club/members/{accountId}/end`: `until` is the first day outside; now when left out. */
export const endMemberInput = z.strictObject({
  until: day.nullish().transform((text) => text ?? null),
  withdrawn: z.boolean().default(false),
});

/** `POST /drops/{id}/claims` */
export const claimInput = z.strictObject({ customerId: identifier(100), account });

export const addMemberExample = { email: 'ann@example.com', since: '2026-03-01' };
export const endMemberExample = { until: '2026-02-28' };
export const claimExample = { customerId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f' };
