import { z } from 'zod';
import type { Policy } from '../../ground/settings/policy.ts';
import { isBasketPattern } from './basket-address.ts';

/** Where the shop puts goods into its basket, so that whoever orders again goes on there. */
export const basketUrl: Policy<string> = {
  key: 'basketUrl',
  schema: z
    .string()
    .max(400)
    .refine((text) => text === 'off' || isBasketPattern(text)),
  standard: 'off',
  about:
    'where the shop puts goods into its basket: an https address with {sku} and {quantity}, or with {items} for all at once as SKU:2,SKU:1, such as https://shop.example/cart/{items}; off for requests to the business',
  form: { kind: 'address' },
};

/** What goods that are asked for have to come to. */
export const orderMinimum: Policy<string> = {
  key: 'orderMinimum',
  schema: z.string().regex(/^(?:off|\d{1,9}(?:\.\d{1,4})?)$/),
  standard: 'off',
  about:
    'what goods asked for through the portal have to come to, waived for whom the business says: an amount such as 50.00, or off',
  form: { kind: 'amount', mayBeOff: true },
};
