import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { normalEmail } from '../../../ground/platform/email.ts';
import { searchedText } from '../../../ground/platform/search-words.ts';
import { listCustomersByAnyEmail } from '../../../people/customers/find-customer.ts';
import { findNearEmails } from '../customers/find-near.ts';
import { findAtTill, type TillPerson } from '../till/find-at-till.ts';
import { findBuyerOf } from './queries.ts';

/** Whom staff mean by what they typed, or among whom they have to choose. */
export type MeantBuyer =
  | { kind: 'nobody' }
  | { kind: 'customer'; person: TillPerson }
  /** An address that nobody has; `near` have one that is nearly the same. */
  | { kind: 'new'; email: string; near: TillPerson[] }
  | { kind: 'several'; people: TillPerson[] }
  | { kind: 'unknown' };

/**
 * Finds whom staff mean: by the id of who was chosen, an email of today or before, or whatever else a search finds.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function findMeant(
  ctx: Context,
  { text: typed, chosenId }: { text: string; chosenId: string },
): Promise<MeantBuyer> {
  allow(ctx.actor, 'orders:write');
  allow(ctx.actor, 'customers:read');
  const text = searchedText(typed);
  if (text === '') return { kind: 'nobody' };
  if (chosenId !== '') {
    const chosen = await findBuyerOf(ctx.db, { customerId: chosenId });
    if (chosen !== null) return { kind: 'customer', person: chosen };
  }
  const email = normalEmail(text);
  if (email === null) {
    const [person, ...others] = await findAtTill(ctx, text);
    if (person === undefined) return { kind: 'unknown' };
    return others.length === 0
      ? { kind: 'customer', person }
      : { kind: 'several', people: [person, ...others] };
  }
  const [known] = await listCustomersByAnyEmail(ctx.db, { email });
  if (known !== undefined) {
    const person = await findBuyerOf(ctx.db, { customerId: known.id });
    if (person !== null) return { kind: 'customer', person };
  }
  return { kind: 'new', email, near: await findNearEmails(ctx.db, email) };
}
