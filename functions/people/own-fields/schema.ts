import { z } from 'zod';
import { customerUses, ownFieldKinds } from './own-field.ts';

/** A definition, as the API answers it. */
export const ownFieldAnswer = z
  .object({
    key: z.string(),
    kind: z.enum(ownFieldKinds),
    names: z.record(z.string(), z.string()),
    choices: z.array(z.string()),
    customers: z.enum(customerUses),
  })
  .meta({ id: 'OwnField' });

/** What own fields hold of a customer, by key: numbers and yes or no as such, days as `YYYY-MM-DD`. */
export const ownValuesAnswer = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** `POST /customers/{id}/own-fields`; null empties a field, and one that is left out stays. */
export const ownValuesInput = z.strictObject({
  values: z
    .array(
      z.strictObject({
        key: z.string().max(100),
        value: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]),
      }),
    )
    .max(50),
});

export const ownValuesSetAnswer = z.object({ customerId: z.string(), keys: z.array(z.string()) });

export const ownValuesExample = {
  values: [
    { key: 'shoe_size', value: 42 },
    { key: 'gift_wrap', value: true },
  ],
};
