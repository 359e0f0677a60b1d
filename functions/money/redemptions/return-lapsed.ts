import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import { insertInto, query } from '../../../db/query.ts';
import {
  redemptions,
  reversals,
  voucherCancellations,
  vouchers,
  voucherUses,
} from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { readTaken } from '../accounts/book-postings.ts';
import { passOver } from '../accounts/change-account.ts';
import { changeLedger } from '../ledger/change-ledger.ts';
import { returnLapsed } from '../rewards/lots.ts';

const VOUCHERS_PER_STEP = 100;
const insertReversal = insertInto(reversals);
const insertCancellation = insertInto(voucherCancellations);

/**
 * Gives back what vouchers that ended unused owe to the balance: credit in them that lasts longer than they did. The
 * rest lapses with them. Returns how many vouchers there were.
 */
export async function returnLapsedVouchers(ctx: Context): Promise<number> {
  let returned = 0;
  let after = '';
  for (;;) {
    const due = await listLapsed(ctx.db.fresh, { now: ctx.now(), after });
    const last = due.at(-1);
    if (last === undefined) return returned;
    for (const voucher of due) if (await returnOne(ctx, voucher)) returned += 1;
    after = last.code;
  }
}

type Lapsed = Awaited<ReturnType<typeof listLapsed>>[number];

/** One that was used, taken back or returned meanwhile is left as it is. */
async function returnOne(ctx: Context, voucher: Lapsed): Promise<boolean> {
  const { accountId, code, redemptionId } = voucher;
  try {
    await changeLedger(ctx, accountId, ({ book, now }) => {
      const back = returnLapsed(book, {
        redeemSeq: voucher.entrySeq,
        taken: readTaken(voucher.taken),
        now,
        endedAt: voucher.expiresAt ?? now,
        cause: redemptionId,
      });
      return {
        change: back,
        history: { kind: 'redemption_reversed', orderId: null, detail: { redemption: redemptionId } },
        after: () => ({
          rows: [
            insertReversal({
              redemptionId,
              accountId,
              entrySeq: back.entry.seq,
              reason: null,
              at: now,
              actor: actorName(ctx.actor),
            }),
            insertCancellation({ code, accountId, reason: 'lapsed', at: now }),
          ],
          result: true,
        }),
      };
    });
    return true;
  } catch (error) {
    if (isConflictOn(error, 'refused: reversals exists') || isConflictOn(error, 'refused: voucher_used'))
      return false;
    passOver(ctx, error, accountId);
    return false;
  }
}

const listLapsed = query((db) =>
  db
    .select({
      code: vouchers.code,
      accountId: vouchers.accountId,
      entrySeq: vouchers.entrySeq,
      taken: vouchers.taken,
      expiresAt: vouchers.expiresAt,
      redemptionId: redemptions.id,
    })
    .from(vouchers)
    .innerJoin(redemptions, eq(redemptions.id, vouchers.redemptionId))
    .leftJoin(voucherUses, eq(voucherUses.code, vouchers.code))
    .leftJoin(voucherCancellations, eq(voucherCancellations.code, vouchers.code))
    .where(
      and(
        gt(vouchers.returnsMinor, sql`0`),
        lte(vouchers.expiresAt, sql.placeholder('now')),
        gt(vouchers.code, sql.placeholder('after')),
        isNull(voucherUses.code),
        isNull(voucherCancellations.code),
      ),
    )
    .orderBy(vouchers.code)
    .limit(VOUCHERS_PER_STEP),
);
