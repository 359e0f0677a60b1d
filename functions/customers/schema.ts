import { z } from 'zod';
import { emailOfKnown, identifier, issue } from '../platform/input.ts';

/** `GET /customers`: by `email` or by `memberNumber`, as typed or scanned from a card. */
export const findCustomersInput = z
  .strictObject({ email: emailOfKnown.optional(), memberNumber: z.string().min(1).max(100).optional() })
  .superRefine(({ email, memberNumber }, context) => {
    if (email === undefined && memberNumber === undefined)
      context.addIssue(issue('required', 'is required, or memberNumber', ['email']));
    if (email !== undefined && memberNumber !== undefined)
      context.addIssue(issue('one_of', 'cannot be asked for together with email', ['memberNumber']));
  });

const account = identifier(200);
const cursor = z.string().min(1).max(500);

/** `?account=` of a customer's balance. */
export const accountQuery = z.strictObject({ account: account.optional() });

/** `?account=&cursor=` of a customer's lists. */
export const accountPageQuery = z.strictObject({ account: account.optional(), cursor: cursor.optional() });
