import { z } from 'zod';
import { emailOfKnown, identifier, issue, pageCursor } from '../../ground/platform/input.ts';
import { customerFields } from './customer-fields.ts';

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

const told = (length_max: number, description: string) =>
  z.string().max(length_max).nullish().meta({ description });

const details = {
  email: told(
    254,
    'Unique; left out for somebody without one, who gets a key of the source `console` instead.',
  ),
  name: told(200, 'As they are called.'),
  phone: told(40, 'As it is written, such as `+44 20 7946 0117`.'),
  address: told(500, 'Where mail reaches them, with line breaks.'),
  birthday: told(10, 'A day such as `1990-03-31`, or `--03-31` without the year.'),
  language: told(20, 'The code of a language that the portal speaks.'),
};

/** `POST /customers`: somebody whom no order and no file has told of. */
export const addCustomerInput = z.strictObject({
  ...details,
  news: z
    .strictObject({
      wanted: z.boolean(),
      source: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .meta({ description: 'Where they said so; kept with the consent.' }),
    })
    .nullish()
    .meta({ description: 'Whether they want news; left out when they were not asked.' }),
});

export const addedCustomerAnswer = z.object({
  customerId: z.string(),
  key: z.object({ source: z.string(), key: z.string() }).nullable(),
});

/** `PATCH /customers/{id}`: what is left out stays, null empties. */
export const correctCustomerInput = z.strictObject(details);

export const correctedCustomerAnswer = z.object({
  customerId: z.string(),
  fields: z.array(z.enum(customerFields)),
});

export const addCustomerExample = {
  email: 'ann@example.com',
  name: 'Ann Lee',
  phone: '+44 20 7946 0117',
  birthday: '--03-31',
  language: 'en',
  news: { wanted: true, source: 'card filled in at the counter' },
};

export const correctCustomerExample = { name: 'Anne Lee', address: null };

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
