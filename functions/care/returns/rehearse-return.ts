import type { Context } from '../../ground/platform/context.ts';
import type { ChangePreview } from '../../money/orders/preview-change.ts';
import { rehearseRefund } from '../../money/orders/record-refund.ts';
import { bookCredit } from './book-credit.ts';
import { listSettled } from './list-settled.ts';
import type { ReturnBasis } from './load-terms.ts';
import { planRefund, type WantedLine } from './plan-refund.ts';
import type { ReturnSplit } from './split.ts';
import type { ReturnOutcome } from './terms.ts';

/** What a return would come to. Minor units of the order's currency, rewards in that of the business. */
export interface RehearsedReturn {
  outcome: ReturnOutcome;
  currency: string;
  split: ReturnSplit;
  /** What each line is worth that goes back. */
  worthByLine: ReadonlyMap<string, bigint>;
  /** What becomes of the balance, entry by entry; null for who does not see the account's rewards. */
  rewards: Pick<ChangePreview, 'entries' | 'available' | 'pending'> | null;
}

/**
 * What a return would give back and do to rewards, by the code that books it, on the order as it is now; nothing is written.
 */
export async function rehearse(
  ctx: Context,
  { order, terms }: ReturnBasis,
  asked: { lines: readonly WantedLine[]; outcome: ReturnOutcome; seesRewards: boolean },
): Promise<RehearsedReturn> {
  const { lines, outcome } = asked;
  const { milliByLine: settled } = await listSettled(ctx, order.id);
  const nothing: ReturnSplit = {
    worthMinor: 0n,
    moneyMinor: 0n,
    voucherMinor: 0n,
    creditMinor: 0n,
    bonusMinor: 0n,
  };
  let split = nothing;
  let worthByLine: ReadonlyMap<string, bigint> = new Map();
  const preview = await rehearseRefund(
    ctx,
    {
      ...{ source: order.source, number: order.number },
      refund: (seen, { byVouchers }) => {
        const planned = planRefund(seen, { lines, settled, outcome, terms, byVouchers });
        split = planned.split;
        worthByLine = planned.worthByLine;
        const gives = outcome === 'exchange' ? [] : planned.refund.lines;
        return { id: 'rehearsal', at: ctx.now(), reason: null, currency: seen.currency, lines: gives };
      },
    },
    { books: bookCredit(ctx, { returnId: 'rehearsal', amount: () => split.creditMinor }) },
  );
  const { entries, available, pending } = preview;
  return {
    ...{ outcome, split, worthByLine, currency: order.currency },
    rewards: asked.seesRewards ? { entries, available, pending } : null,
  };
}
