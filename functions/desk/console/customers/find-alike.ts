import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { normalEmail } from '../../../ground/platform/email.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { searchedText } from '../../../ground/platform/search-words.ts';
import { listCustomersByAnyEmail } from '../../../people/customers/find-customer.ts';
import { findCustomers } from '../find-customers.ts';
import type { FoundCustomer } from '../types.ts';
import { findNearEmails } from './find-near.ts';

const ALIKE_MAX = 8;
/** Fewer digits are a part of many numbers; what stands before the last is written with or without the country. */
const DIGITS_MIN = 6;
const DIGITS_LAST = 8;

/**
 * Customers who may be the one that is to be added: with the same or nearly the same email, the same phone number or the
 * same name.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function findAlike(
  ctx: Context,
  told: { email: string; phone: string; name: string },
): Promise<FoundCustomer[]> {
  allow(ctx.actor, 'customers:read');
  const { db } = ctx;
  const email = normalEmail(told.email);
  const digits = told.phone.replace(/\D/g, '');
  const name = searchedText(told.name);
  const terms = { limit: ALIKE_MAX, isPrivate: mayReadPrivate(ctx.actor) };
  const find = (text: string) => findCustomers(db, { text, ...terms });
  const [owners, near, called, named] = await Promise.all([
    email === null ? [] : listCustomersByAnyEmail(db, { email }),
    email === null ? [] : findNearEmails(db, email),
    digits.length < DIGITS_MIN ? [] : find(digits.slice(-DIGITS_LAST)),
    name === '' ? [] : find(name),
  ]);
  const same = named.filter((one) => one.name?.toLowerCase() === name.toLowerCase());
  const known = owners.map(({ claimedAt, ...one }) => ({ ...one, key: null, isClaimed: claimedAt !== null }));
  const all = [...known, ...called, ...same, ...near];
  return [...new Map(all.map((one) => [one.id, one])).values()].slice(0, ALIKE_MAX);
}
