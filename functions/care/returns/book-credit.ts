import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { planBonus } from '../../money/ledger/grant-bonus.ts';
import type { BesideChange } from '../../money/orders/change-order.ts';

/**
 * What a return books as credit in the write of its refund, before what the refund takes back, so that it pays for that first.
 * `amount` is asked once the order was looked at; nothing is booked for 0.
 */
export function bookCredit(
  ctx: Pick<Context, 'actor'>,
  { returnId, amount }: { returnId: string; amount: () => bigint },
): NonNullable<BesideChange['books']> {
  return (book, { business, now }, { rootId, currency }) => {
    const minor = amount();
    if (minor <= 0n) return { change: { book, entries: [], lots: [] }, decision: {} };
    assertOwnCurrency(business.currency, currency);
    const cause = { kind: 'return', id: returnId } as const;
    const { change, row, history } = planBonus(
      ctx,
      { book, business, currency, now },
      { rootId, cause, amount: minor },
    );
    const { kind, detail } = history;
    return { change, decision: { rows: [row], histories: [{ rootId, kind, detail }] } };
  };
}

/** Credit is kept in the currency of the business alone. */
function assertOwnCurrency(own: string | null, currency: string): void {
  if (own === currency) return;
  throw new AppError(
    'validation_failed',
    'Credit is given for orders in the currency of the business alone.',
    {
      errors: [{ path: 'outcome', code: 'other_currency', message: 'has to be money or an exchange' }],
    },
  );
}
