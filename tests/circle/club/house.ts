import { AppError } from '../../../functions/ground/platform/errors.ts';
import type { Shop } from '../../support/shop.ts';

/** The code of a refusal; null when nothing was refused. Anything else throws. */
export async function failure(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** The customer proves their email. */
export async function claim({ ctx }: Shop, customerId: string): Promise<void> {
  const sql = 'UPDATE customers SET claimed_at = ? WHERE id = ?';
  await ctx.db.write([{ sql, args: [ctx.now(), customerId] }]);
}

/** Rows as text, a line each. */
export async function read({ ctx }: Shop, sql: string): Promise<string[]> {
  return (await ctx.db.read({ sql, args: [] })).map((row) => row.map(String).join(' '));
}
