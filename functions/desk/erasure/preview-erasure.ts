import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findPerson } from './find-person.ts';
import { allowErasers } from './terms.ts';

/** What erasing somebody would take from them, told before; sums in minor units of the business currency. */
export interface ErasurePreview {
  customerId: string;
  name: string | null;
  email: string | null;
  /** What a shop calls them, where one does. */
  key: string | null;
  /** Which stay in the books. */
  orders: number;
  currency: string | null;
  availableMinor: bigint;
  openVouchers: number;
  /** Companies and households that they leave. */
  sharedAccounts: number;
}

/** @throws {AppError} as the erasure, `not_found` for who is erased already; it asks for no second factor */
export async function previewErasure(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<ErasurePreview> {
  allowErasers(ctx.actor);
  return lookAhead(ctx, customerId);
}

/** The same for who may know it: the customer. */
export async function lookAhead(ctx: Context, customerId: string): Promise<ErasurePreview> {
  const [person, { currency }] = await Promise.all([findPerson(ctx, customerId), getBusiness(ctx)]);
  if (person === null) throw new AppError('not_found', 'There is no such customer.');
  const accounts = JSON.stringify(person.accountIds);
  const id = person.customerId;
  const [row] = await ctx.db.fresh.read(statement(figures, accounts, accounts, ctx.now(), accounts, id, id));
  const [orders = 0n, vouchers = 0n, available = 0n, key = null, isErased] = row ?? [];
  if (isErased === 1n) throw new AppError('not_found', 'There is no such customer.');
  const balance = BigInt(available ?? 0);
  return {
    ...{ customerId: id, name: person.name, email: person.email, key: key === null ? null : String(key) },
    ...{ orders: Number(orders), currency, availableMinor: balance > 0n ? balance : 0n },
    openVouchers: Number(vouchers),
    sharedAccounts: person.rootIds.filter((id) => !person.accountIds.includes(id)).length,
  };
}

const among = 'IN (SELECT value FROM json_each(?))';
const figures = `SELECT
  (SELECT coalesce(sum(order_count), 0) FROM account_spend WHERE root_id ${among}),
  (SELECT count(*) FROM vouchers AS v WHERE v.account_id ${among} AND (v.expires_at IS NULL OR v.expires_at > ?)
    AND NOT EXISTS (SELECT 1 FROM voucher_uses WHERE code = v.code)
    AND NOT EXISTS (SELECT 1 FROM voucher_cancellations WHERE code = v.code)),
  (SELECT coalesce(sum(balance_minor), 0) FROM accounts WHERE id = root_id AND id ${among}),
  (SELECT min(key) FROM customer_keys WHERE customer_id = ?),
  EXISTS (SELECT 1 FROM erasures WHERE customer_id = ?)`;
