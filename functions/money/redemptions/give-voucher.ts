import { insertInto } from '../../../db/query.ts';
import { bonuses, vouchers } from '../../../db/schema/index.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newCode, newId } from '../../ground/platform/ids.ts';
import { openWriting, takenText } from '../accounts/book-postings.ts';
import type { BonusCause } from '../ledger/bonus.ts';
import { changeLedger, type LedgerState } from '../ledger/change-ledger.ts';
import { findOpenBonus } from '../ledger/find-open-bonus.ts';
import { applyEntries, redeem } from '../rewards/lots.ts';

const insertBonus = insertInto(bonuses);
const insertVoucher = insertInto(vouchers);

export interface GivenVoucher {
  code: string;
  /** Less than was given where a debt was settled from it first. */
  amountMinor: bigint;
  expiresAt: number;
}

export interface VoucherGift {
  /** A root account. */
  rootId: string;
  cause: BonusCause;
  /** In minor units of the business currency, more than nothing. */
  amountMinor: bigint;
  /** The first moment at which it no longer counts; what is not used by then is gone. */
  expiresAt: number;
  /** What is decided in the same write, by the voucher; null where a debt took all of it. */
  decideAlso: (given: GivenVoucher | null) => Decision;
}

/**
 * Gives a root account a voucher: a bonus that is spent on it at once, so that lots, expiry and the proof stay the same as of
 * any other. While a bonus of the same cause stands nothing is written and `before` is answered.
 * @throws {AppError} `not_found`, `currency_not_set`, `unavailable`
 */
export async function giveVoucher(ctx: Context, gift: VoucherGift): Promise<'given' | 'before'> {
  const { rootId, cause, amountMinor } = gift;
  return changeLedger(ctx, rootId, async (state) => {
    const [standing] = await findOpenBonus(ctx.db.fresh, { rootId, ...cause });
    if (standing !== undefined) return { ...unchanged, result: 'before' as const };
    const id = newId();
    const { change, bonusSeq, bought } = bookGift(ctx, state, { ...gift, id });
    const done = { at: state.now, actor: actorName(ctx.actor) };
    const bonus = insertBonus({
      ...{ id, accountId: rootId, causeKind: cause.kind, causeId: cause.id, amountMinor },
      ...{ currency: state.currency, entrySeq: bonusSeq, ...done },
    });
    const issued = bought === null ? [] : [insertVoucher(bought)];
    const given =
      bought === null
        ? null
        : { code: bought.code, amountMinor: bought.amountMinor, expiresAt: gift.expiresAt };
    return {
      change,
      history: {
        kind: 'bonus_granted',
        orderId: null,
        detail: { cause: cause.kind, id: cause.id, amount: amountMinor },
      },
      after: () => ({ rows: [bonus, ...issued], also: [gift.decideAlso(given)], result: 'given' as const }),
    };
  });
}

/** The entries of a gift: the bonus, and what of it is not taken by a debt spent on the voucher. */
function bookGift(
  ctx: Context,
  { book, business, currency, now }: LedgerState,
  { id, rootId, amountMinor, expiresAt }: VoucherGift & { id: string },
) {
  const writing = openWriting(book, { business, now, actor: actorName(ctx.actor) });
  const bonus = { kind: 'bonus', amount: amountMinor, effectiveAt: now, cause: id, expiresAt } as const;
  const debtPolicy = business.compiled?.debt ?? 'carry';
  const { entries } = writing.take(applyEntries(writing.book(), [bonus], { debtPolicy, now }));
  const bonusSeq = entries.find(({ kind, cause }) => kind === 'bonus' && cause === id)?.seq ?? 0;
  const left = writing.book().lots.find(({ seq }) => seq === bonusSeq)?.remaining ?? 0n;
  const code = newCode(3);
  const spent =
    left > 0n ? redeem(writing.book(), { amount: left, now, cause: code, preferLotSeq: bonusSeq }) : null;
  if (spent === null || !spent.ok) return { change: writing.finish(), bonusSeq, bought: null };
  writing.take(spent);
  const bought = {
    ...{ code, accountId: rootId, entrySeq: spent.entry.seq, taken: takenText(spent.taken) },
    ...{ amountMinor: left, minimumMinor: 0n, currency, issuedAt: now, expiresAt, returnsMinor: 0n },
  };
  return { change: writing.finish(), bonusSeq, bought };
}
