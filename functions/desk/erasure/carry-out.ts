import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { erase } from './erase-customer.ts';
import { finishErasures } from './finish-erasures.ts';
import { wordsChoices } from './terms.ts';

/** Erases whoever wished it a day ago and did not take it back, and finishes what earlier erasures left. */
export async function carryOutErasures(ctx: Context): Promise<void> {
  const due = await ctx.db.fresh.read(
    statement(
      `SELECT customer_id, words FROM erasure_requests INDEXED BY erasure_requests_due
       WHERE due_at <= ? AND cancelled_at IS NULL AND done_at IS NULL ORDER BY due_at LIMIT 20`,
      ctx.now(),
    ),
  );
  for (const [customerId, said] of due) {
    const words = wordsChoices.find((one) => one === said) ?? 'gone';
    await erase(ctx, { customerId: String(customerId), words, askedBy: 'customer' });
  }
  await finishErasures(ctx);
}
