import type { z } from 'zod';
import type { Context } from '../../ground/platform/context.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import type { ReturnableLine } from './eligibility.ts';
import { loadBasis, type ReturnBasis } from './load-terms.ts';
import { accessTo, type ReturnAccess } from './own-order.ts';
import type { WantedLine } from './plan-refund.ts';
import { type RehearsedReturn, rehearse } from './rehearse-return.ts';
import { type RehearseReturnInput, rehearseInput } from './schema.ts';
import { isOffered, type ReturnOutcome } from './terms.ts';

/**
 * What giving lines back would come to and do to rewards, before it is asked for. Customers may ask for what may go back; staff
 * and keys for whatever was bought.
 * @throws {AppError} `not_found`, `validation_failed` (the line, and why it may not go back), `unauthenticated`
 */
export async function rehearseReturn(
  ctx: Context,
  typed: z.input<typeof rehearseInput>,
): Promise<RehearsedReturn> {
  const asked = parseInput(rehearseInput, typed);
  const { basis, wanted, access } = await readAsked(ctx, asked, 'orders:read');
  const { seesRewards } = access;
  return rehearse(ctx, basis, { lines: wanted, outcome: asked.outcome, seesRewards });
}

/** What of an order may go back, until when, and if not, why. */
export interface Returnable {
  isOffered: boolean;
  outcomes: readonly ReturnOutcome[];
  /** In the order's currency, per cents more where credit is chosen. */
  creditBonus: string;
  vouchers: 'credit' | 'lost';
  lines: ReturnableLine[];
  currency: string;
  orderId: string;
}

/** @throws {AppError} `not_found`, also for an order that is not the actor's */
export async function getReturnable(
  ctx: Context,
  key: { source: string; number: string },
): Promise<Returnable> {
  const { order, terms, business, returnable } = await loadBasis(ctx, key);
  await accessTo(ctx, order, 'orders:read');
  const isOwn = business.currency === order.currency;
  return {
    isOffered: isOffered(terms),
    outcomes: terms.outcomes.filter((one) => one !== 'credit' || isOwn),
    ...{ creditBonus: terms.creditBonus, vouchers: terms.vouchers },
    ...{ lines: returnable(order), currency: order.currency, orderId: order.id },
  };
}

/** What is asked for, as far as the actor may and the terms allow. */
export async function readAsked(
  ctx: Context,
  asked: RehearseReturnInput,
  scope: 'orders:read' | 'orders:write',
): Promise<{ basis: ReturnBasis; access: ReturnAccess; wanted: WantedLine[] }> {
  const basis = await loadBasis(ctx, asked.order);
  const { order, terms, business } = basis;
  const access = await accessTo(ctx, order, scope);
  const wanted = wantedOf(asked, basis.returnable(order), access);
  if (!access.isStaff && !terms.outcomes.includes(asked.outcome))
    throw wrongField('outcome', 'not_offered', 'is not what the business offers');
  if (asked.outcome === 'credit' && business.currency !== order.currency)
    throw wrongField('outcome', 'other_currency', 'has to be money or an exchange');
  return { basis, access, wanted };
}

/** @throws {AppError} `validation_failed` naming the line, its rule being why it may not go back */
export function wantedOf(
  { lines }: Pick<RehearseReturnInput, 'lines'>,
  returnable: readonly ReturnableLine[],
  { isStaff }: { isStaff: boolean },
): WantedLine[] {
  return lines.map(({ line, quantity }, index) => {
    const found = returnable.find(({ lineId }) => lineId === line);
    if (found === undefined)
      throw wrongField(`lines.${index}.line`, 'unknown_line', 'is not a line of this order');
    const isHard = found.reason === 'cancelled' || found.reason === 'all_back';
    if (found.reason !== null && (!isStaff || isHard))
      throw wrongField(`lines.${index}.line`, found.reason, 'may not go back');
    const milli = Math.round(quantity * 1000);
    if (milli > found.leftMilli)
      throw wrongField(`lines.${index}.quantity`, 'all_back', 'is more than is left of what was bought');
    return { lineId: line, milli };
  });
}
