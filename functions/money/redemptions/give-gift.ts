import { insertInto } from '../../../db/query.ts';
import { vouchers } from '../../../db/schema/index.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newCode } from '../../ground/platform/ids.ts';
import { openWriting, takenText } from '../accounts/book-postings.ts';
import type { BonusCause } from '../ledger/bonus.ts';
import { changeLedger, type LedgerState } from '../ledger/change-ledger.ts';
import { hasBonus, planBonus } from '../ledger/grant-bonus.ts';
import { redeem as redeemFrom } from '../rewards/lots.ts';

const insertVoucher = insertInto(vouchers);

/** What an account is given for a cause, in minor units of the business currency. */
export interface Gift {
  /** A root account. */
  rootId: string;
  cause: BonusCause;
  amount: bigint;
  /** Null for credit. */
  voucher: { expiresAt: number; minimumMinor: bigint } | null;
}

/** What was given. */
export interface GivenGift {
  currency: string;
  /** Null for credit, also where a debt took all that the voucher should be paid with; less than was meant where it took a part. */
  voucher: { code: string; amountMinor: bigint } | null;
}

/**
 * Gives an account a bonus, or a voucher that such a bonus pays at once, so that ledger, lots and statement stay as they are for
 * every other voucher; one atomic write with what `decide` says, which is asked with what will have been given and answers null
 * where nothing is to happen after all. Of one cause only one stands. Whether anything was given.
 * @throws {AppError} `not_found`, `currency_not_set`, `unavailable`
 */
export async function giveGift(
  ctx: Context,
  { rootId, cause, amount, voucher }: Gift,
  decide: (given: GivenGift) => Promise<Decision | null>,
): Promise<boolean> {
  return changeLedger(ctx, rootId, async (state) => {
    const bonus = planBonus(ctx, state, { rootId, cause, amount, expiresAt: voucher?.expiresAt ?? null });
    const bought = voucher === null ? null : buyVoucher(ctx, state, { bonus, voucher });
    const given = { currency: state.currency, voucher: bought?.given ?? null };
    const decided = (await hasBonus(ctx, { rootId, cause })) ? null : await decide(given);
    if (decided === null) return { ...unchanged, result: false };
    return {
      change: bought?.change ?? bonus.change,
      history: bonus.history,
      after: () => ({ rows: [bonus.row, ...(bought?.rows ?? [])], also: [decided], result: true }),
    };
  });
}

/** What of the bonus no debt has taken, spent on the voucher at once; null where nothing is left of it. */
function buyVoucher(
  ctx: Context,
  { root, book, business, currency, now }: LedgerState,
  { bonus, voucher }: { bonus: ReturnType<typeof planBonus>; voucher: NonNullable<Gift['voucher']> },
) {
  const writing = openWriting(book, { business, now, actor: actorName(ctx.actor) });
  writing.take(bonus.change);
  const amountMinor = writing.book().lots.find(({ seq }) => seq === bonus.entrySeq)?.remaining ?? 0n;
  if (amountMinor <= 0n) return null;
  const code = newCode(3);
  const spent = redeemFrom(writing.book(), {
    amount: amountMinor,
    now,
    cause: code,
    preferLotSeq: bonus.entrySeq,
  });
  if (!spent.ok) return null;
  writing.take(spent);
  const row = {
    ...{ code, accountId: root.id, entrySeq: spent.entry.seq, taken: takenText(spent.taken) },
    ...{ amountMinor, currency, issuedAt: now, returnsMinor: 0n, ...voucher },
  };
  return { given: { code, amountMinor }, change: writing.finish(), rows: [insertVoucher(row)] };
}
