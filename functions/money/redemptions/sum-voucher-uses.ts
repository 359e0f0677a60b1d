import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** How many of some vouchers were used, what they paid and what the orders they paid a part of came to, in minor units. */
export interface VoucherUses {
  used: number;
  paidMinor: bigint;
}

/** `codes` is SQL of the codes. */
export async function sumVoucherUses(db: Store, codes: SQL): Promise<VoucherUses> {
  const [row] = await ask(db, (query) =>
    query
      .select({
        used: sql<number>`count(*)`.mapWith(Number),
        paidMinor: sql<bigint>`coalesce(sum(u.amount_minor), 0)`.mapWith(BigInt),
      })
      .from(sql`voucher_uses AS u`)
      .where(sql`u.code IN (${codes})`),
  );
  return row ?? { used: 0, paidMinor: 0n };
}
