import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { normalCode } from '../../../ground/platform/ids.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { searchedText } from '../../../ground/platform/search-words.ts';
import { readMemberNumber } from '../../../people/joining/member-number.ts';
import { findCodes } from '../find-codes.ts';
import { findCustomers } from '../find-customers.ts';
import { findBuyerOf } from '../orders/queries.ts';

/** Somebody who stands at the till. */
export interface TillPerson {
  id: string;
  name: string | null;
  email: string | null;
  /** What a source calls them, after its name; null for most. */
  key: string | null;
  memberNumber: string | null;
}

/** More than fit on a screen are told apart by more letters. */
const FOUND_MAX = 8;

/**
 * Who is meant by what was scanned or typed: a card, a voucher of their own, a member number, an email, a phone number or
 * a name. A whole number or address means one alone, also where others begin with it.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function findAtTill(ctx: Context, typed: string): Promise<TillPerson[]> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:write');
  const text = searchedText(typed);
  if (text === '') return [];
  const number = readMemberNumber(text);
  const texts = [...new Set([isCard(text) ? number : text, ...digitsOf(text)])];
  const terms = { limit: FOUND_MAX, isPrivate: mayReadPrivate(ctx.actor) };
  const lists = await Promise.all(texts.map((one) => findCustomers(ctx.db, { text: one, ...terms })));
  const found = [...new Map(lists.flat().map((person) => [person.id, person])).values()];
  const email = text.toLowerCase();
  const exact = found.find((person) => person.memberNumber === number || person.email === email);
  if (exact !== undefined) return [personOf(exact)];
  if (found.length > 0) return found.slice(0, FOUND_MAX).map(personOf);
  return ofVoucher(ctx, text);
}

const isCard = (text: string) => readMemberNumber(text) !== normalCode(text);

/** A phone number as it is kept for searching: digits alone. */
function digitsOf(text: string): string[] {
  return /^\+?[\d\s()/.-]{5,}$/.test(text) ? [text.replace(/\D/g, '')] : [];
}

async function ofVoucher({ db }: Context, text: string): Promise<TillPerson[]> {
  const { vouchers } = await findCodes(db, { text, limit: 1 });
  const [voucher] = vouchers;
  if (voucher?.code !== normalCode(text) || voucher.customerId === null) return [];
  const person = await findBuyerOf(db, { customerId: voucher.customerId });
  return person === null ? [] : [personOf(person)];
}

const personOf = ({ id, name, email, key, memberNumber }: TillPerson): TillPerson => ({
  ...{ id, name, email, key, memberNumber },
});
