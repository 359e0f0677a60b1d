import { allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { reverseRedemption } from '../reverse-redemption.ts';
import { noPayout } from './payout.ts';
import { findPayout } from './queries.ts';
import { allowPaying } from './steps.ts';

const REASON_LENGTH_MAX = 500;

/**
 * Gives a payout or donation back to the balance, as it is refused or as its payment came back; the customer is told with
 * the reason. `steps` are those that were seen, so that nothing is returned that somebody has just paid.
 * @throws {AppError} `not_found`, `validation_failed` (no reason), `already_reversed`, `payout_moved`, `forbidden`
 */
export async function returnPayout(
  ctx: Context,
  { id, steps, reason }: { id: string; steps: number; reason: string },
): Promise<void> {
  allowPaying(ctx.actor);
  allowProven(ctx);
  const text = reason.trim();
  if (text === '' || text.length > REASON_LENGTH_MAX)
    throw wrongField('reason', 'invalid_value', `has to have 1 to ${REASON_LENGTH_MAX} characters`);
  if ((await findPayout(ctx.db.fresh, { id })) === null) throw noPayout();
  await reverseRedemption(ctx, { id, reason: text }, { steps });
  ctx.wakeMail('soon');
}
