import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { type OwnedOrder, openShop } from '../../support/shop.ts';

/** A shop with Ann, who is there twice: as herself, and under her old address. */
export async function openTwice(...rules: Record<string, unknown>[]) {
  const shop = await openShop(...rules);
  const { ctx } = shop;
  const rows = async (sql: string) =>
    (await ctx.db.read({ sql, args: [] })).map((row) => row.map(String).join(' '));
  return {
    ...shop,
    rows,
    /** Orders of each, one by one. */
    buys: async (email: string, ...totals: number[]): Promise<OwnedOrder[]> => {
      const orders: OwnedOrder[] = [];
      for (const total of totals) orders.push(await shop.order({ email, totals: [total] }));
      return orders;
    },
    merge: (survivor: string = 'ann@example.com', merged: string = 'old@example.com', key = newId()) =>
      mergeCustomers(ctx, { survivor, merged, key }),
    undo: (id: string) => undoMerge(ctx, { id }),
    /** What is available, and what is owed. */
    balanceOf: async (customerId: string): Promise<[available: number, debt: number]> => {
      const { available, debt } = await getBalance(ctx, { customerId, accountId: undefined });
      return [available.amount, debt.amount];
    },
    /** The newest entries of an account, as `kind amount cause`. */
    statementOf: (accountId: string) =>
      rows(`SELECT kind, amount_minor, coalesce((SELECT reason FROM adjustments WHERE id = cause),
        (SELECT cause_kind FROM bonuses WHERE id = cause), '') FROM ledger WHERE account_id = '${accountId}' ORDER BY seq`),
    differences: async () => (await verify(ctx)).found,
  };
}
export type Twice = Awaited<ReturnType<typeof openTwice>>;

/** How a refusal is known: its first rule, or else its code. */
export async function refusal(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.errors[0]?.code ?? error.code;
    throw error;
  }
}

export const ann = 'ann@example.com';
export const old = 'old@example.com';
