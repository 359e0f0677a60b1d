import { z } from 'zod';
import { email, identifier } from '../platform/input.ts';

/** `GET /customers` */
export const findCustomersInput = z.strictObject({ email });

const account = identifier(200);
const cursor = z.string().min(1).max(500);

/** `?account=` of a customer's balance. */
export const accountQuery = z.strictObject({ account: account.optional() });

/** `?account=&cursor=` of a customer's lists. */
export const accountPageQuery = z.strictObject({ account: account.optional(), cursor: cursor.optional() });
