import { z } from 'zod';
import { emailOfKnown, identifier, issue, pageCursor } from '../../ground/platform/input.ts';

/** `GET /customers`: by `email` or by `memberNumber`, as typed or scanned from a card. */
export const findCustomersInput = z
  .strictObject({
    email: emailOfKnown
      .optional()
      .meta({ description: 'The address as the customer gave it; capitals do not matter.' }),
    memberNumber: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'The member number as typed, or the whole code of the card as scanned.' }),
  })
  .superRefine(({ email, memberNumber }, context) => {
    if (email === undefined && memberNumber === undefined)
      context.addIssue(issue('required', 'is required, or memberNumber', ['email']));
    if (email !== undefined && memberNumber !== undefined)
      context.addIssue(issue('one_of', 'cannot be asked for together with email', ['memberNumber']));
  });

const account = identifier(200).meta({
  description: 'The id of one of the customer’s accounts; needed when they have several.',
});

/** `?account=` of a customer's balance. */
export const accountQuery = z.strictObject({ account: account.optional() });

/** `?account=&cursor=` of a customer's lists. */
export const accountPageQuery = z.strictObject({
  account: account.optional(),
  cursor: pageCursor.optional(),
});
