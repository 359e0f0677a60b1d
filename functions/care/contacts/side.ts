import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import { placeOf } from '../../voice/feedback/place.ts';
import { findCaller } from './find-caller.ts';
import { findAccount } from './queries.ts';
import type { ContactDraft } from './schema.ts';

/** With whom a contact was, and about which account or department; all null for somebody nobody knows. */
export interface ContactSide {
  customerId: string | null;
  accountId: string | null;
  rootId: string | null;
  /** Null also where what was told is no number, such as `anonymous`: everybody who hides theirs would be one. */
  number: string | null;
}

type Named = Pick<ContactDraft, 'customerId' | 'accountId' | 'number' | 'order'>;

/** @throws {AppError} `not_found` for a customer, account or order that is not there or not theirs */
export async function findSide(ctx: Context, named: Named): Promise<ContactSide> {
  const caller = named.number === null ? null : await findCaller(ctx, named.number);
  const number = caller?.number ?? null;
  const customerId = named.customerId ?? (named.accountId === null ? (caller?.customerId ?? null) : null);
  if (customerId !== null) return { number, ...(await findCustomerSide(ctx, { ...named, customerId })) };
  return { number, customerId: null, ...(await findAccountSide(ctx, named)) };
}

/** Where nobody is known: the account named, or that of the order. */
async function findAccountSide(
  ctx: Context,
  { accountId, order }: Pick<Named, 'accountId' | 'order'>,
): Promise<Pick<ContactSide, 'accountId' | 'rootId'>> {
  const account = accountId === null ? null : await findAccount(ctx.db.fresh, { id: accountId });
  if (accountId !== null && account === null) throw new AppError('not_found', 'There is no such account.');
  if (order === null) return account ?? { accountId: null, rootId: null };
  const [row] = await listOrdersByKey(ctx.db.fresh, { keys: JSON.stringify([[order.source, order.number]]) });
  // An order of a department is one of its company too.
  const isTheirs = account === null || [row?.accountId, row?.rootId].includes(account.accountId);
  if (row === undefined || !isTheirs) throw new AppError('not_found', 'There is no such order.');
  return { accountId: row.accountId, rootId: row.rootId };
}

/** @throws {AppError} `not_found` */
export async function findCustomerSide(
  ctx: Context,
  { customerId, accountId, order }: { customerId: string } & Pick<Named, 'accountId' | 'order'>,
): Promise<Omit<ContactSide, 'number'>> {
  const places = await listPlaces(ctx.db.fresh, customerId);
  if (places.length === 0) throw new AppError('not_found', 'There is no such customer.');
  return { customerId, ...(await placeOf(ctx, places, { order, accountId })) };
}
