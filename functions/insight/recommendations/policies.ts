import { z } from 'zod';
import type { Policy } from '../../ground/settings/policy.ts';
import { isProductPattern } from './product-page.ts';

export const productUrl: Policy<string> = {
  key: 'productUrl',
  schema: z
    .string()
    .max(400)
    .refine((text) => text === 'off' || isProductPattern(text)),
  standard: 'off',
  about:
    'where the shop shows a product: an https address with {sku} or {product} in it, such as https://shop.example/search?q={product}; off for no links',
  form: { kind: 'address' },
};

const fieldKeys = /^[a-z][a-z0-9_]*(?:\s*,\s*[a-z][a-z0-9_]*){0,9}$/;

/** Keys of own fields whose values say what somebody likes, beside the answer to what they would like to hear about. */
export const interestFields: Policy<string> = {
  key: 'interestFields',
  schema: z
    .string()
    .max(500)
    .regex(new RegExp(`^off$|${fieldKeys.source}`)),
  standard: 'off',
  about:
    'own fields that say what a customer likes, for recommendations: their keys with commas between, such as favourite_drink, roast; off for none',
};

export const interestKeys = (text: string): string[] =>
  text === 'off' ? [] : text.split(',').map((key) => key.trim());
