import { insertInto } from '../../../db/query.ts';
import { reversals, voucherCancellations } from '../../../db/schema/index.ts';
import { isConflictOn, type Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { readTaken } from '../accounts/book-postings.ts';
import { buildBalance } from '../accounts/build-balance.ts';
import type { AccountPlan } from '../accounts/plan-change.ts';
import { changeLedger, type LedgerState } from '../ledger/change-ledger.ts';
import { reverseRedeem } from '../rewards/lots.ts';
import type { ReversalAnswer } from './answer.ts';
import { changesCounts, markPaidRoot, recountPaid } from './paid-order.ts';
import { returning } from './payouts/returned.ts';
import { payoutMoved } from './payouts/steps.ts';
import { findPaidOrder, findRedemption, findReturned, findSpend } from './queries.ts';
import type { ReverseRedemptionInput } from './schema.ts';

const insertReversal = insertInto(reversals);
const insertCancellation = insertInto(voucherCancellations);

/**
 * Takes a redemption back, once: its lots get back what it took, at least 30 days long. Its voucher is cancelled;
 * a used one cannot be. Of a payout or donation the customer is told with the reason; `steps` refuses it when it was paid,
 * or its payment undone, since it was looked at.
 * @throws {AppError} `not_found`, `already_reversed`, `voucher_used`, `payout_moved`; `order_returned` where goods it paid for came back, since
 * what it paid of them went back with them
 */
export async function reverseRedemption(
  ctx: Context,
  input: ReverseRedemptionInput & { id: string },
  options: Alongside<ReversalAnswer> & { steps?: number } = {},
): Promise<ReversalAnswer> {
  allow(ctx.actor, 'redemptions:write');
  const { accountId, orderSource: source, orderNumber: number } = await getRedemption(ctx, input.id);
  const [order] = source === null ? [] : await findPaidOrder(ctx.db.fresh, { source, number });
  let isStale = false;
  try {
    const answer = await changeLedger(ctx, accountId, async (state) => {
      isStale = source !== null && changesCounts(state.business);
      const redemption = await getRedemption(ctx, input.id);
      if (redemption.reversedAt !== null) throw alreadyReversed();
      if (redemption.usedAt !== null) throw voucherUsed();
      if (await isReturned(ctx.db.fresh, { source, number })) throw orderReturned();
      if (redemption.steps !== (options.steps ?? redemption.steps)) throw payoutMoved();
      const [spend] = await findSpend(ctx.db.fresh, { rootId: accountId, currency: state.currency });
      const { now } = state;
      const taken = readTaken(redemption.taken);
      const back = reverseRedeem(state.book, {
        redeemSeq: redemption.entrySeq,
        taken,
        now,
        cause: redemption.id,
      });
      const rows = [
        insertReversal({
          redemptionId: redemption.id,
          accountId,
          entrySeq: back.entry.seq,
          reason: input.reason,
          at: now,
          actor: actorName(ctx.actor),
        }),
        ...(redemption.voucherCode === null
          ? []
          : [insertCancellation({ code: redemption.voucherCode, accountId, reason: 'reversed', at: now })]),
      ];
      return {
        change: back,
        isStale,
        history: { kind: 'redemption_reversed', orderId: null, detail: { redemption: redemption.id } },
        after: (plan) => {
          const spendMinor = spend?.spendMinor ?? 0n;
          const result = toAnswer({ redemption, state, plan, spendMinor, lots: back.book.lots });
          return {
            rows: [...rows, ...(isStale ? markPaidRoot(order?.rootId, accountId) : [])],
            also: [returning(ctx, redemption, input.reason)],
            beside: options.alongside?.(result, 201) ?? [],
            result,
          };
        },
      };
    });
    if (isStale) await recountPaid(ctx, [accountId, order?.rootId ?? accountId]);
    return answer;
  } catch (error) {
    if (isConflictOn(error, 'refused: reversals exists')) throw alreadyReversed();
    if (isConflictOn(error, 'refused: voucher_used')) throw voucherUsed();
    throw error;
  }
}

type Redemption = Awaited<ReturnType<typeof findRedemption>>[number];

async function getRedemption(ctx: Context, id: string): Promise<Redemption> {
  const [redemption] = await findRedemption(ctx.db.fresh, { id });
  if (redemption === undefined) throw new AppError('not_found', 'There is no such redemption.');
  return redemption;
}

function toAnswer(about: {
  redemption: Redemption;
  state: LedgerState;
  plan: AccountPlan;
  spendMinor: bigint;
  lots: LedgerState['book']['lots'];
}): ReversalAnswer {
  const { redemption, state, plan, lots } = about;
  const { business, currency, totals, now } = state;
  return {
    id: redemption.id,
    amount: toMoneyJson(redemption.amountMinor, redemption.currency),
    reversedAt: instantText(now),
    balance: buildBalance(
      { root: plan.root, currency, spendMinor: about.spendMinor, totals, lots },
      business,
      now,
    ),
  };
}

async function isReturned(
  db: Store,
  { source, number }: { source: string | null; number: string | null },
): Promise<boolean> {
  if (source === null || number === null) return false;
  const [row] = await findReturned(db, { source, number });
  return row !== undefined;
}

const orderReturned = () =>
  new AppError('order_returned', 'Goods of the order came back, with what this paid of them.');

const alreadyReversed = () => new AppError('already_reversed', 'The redemption was taken back already.');
const voucherUsed = () =>
  new AppError('voucher_used', 'The voucher was used already; what it paid stays paid.');
