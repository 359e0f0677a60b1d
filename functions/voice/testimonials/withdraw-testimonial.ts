import { insertInto } from '../../../db/query.ts';
import { testimonialWithdrawals } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { findTestimonial } from './queries.ts';

const insertWithdrawal = insertInto(testimonialWithdrawals);

/**
 * The signed-in customer takes their words back: no page shows them from then on. Final; again changes nothing.
 * @throws {AppError} `not_found`, also for somebody else's
 */
export async function withdrawTestimonial(ctx: Context, { id }: { id: string }): Promise<void> {
  const customerId = customerIdOf(ctx);
  const testimonial = await findTestimonial(ctx.db.fresh, { id });
  if (testimonial === null || testimonial.customerId !== customerId)
    throw new AppError('not_found', 'There is no such testimonial.');
  if (testimonial.withdrawnAt !== null) return;
  const row = insertWithdrawal({ testimonialId: id, at: ctx.now(), actor: actorName(ctx.actor) });
  try {
    await writeHistory(ctx, testimonial.rootId, () => ({
      history: { kind: 'testimonial_withdrawn', detail: { testimonial: id } },
      rows: [row],
    }));
  } catch (error) {
    if (!isConflictOn(error, 'testimonial_withdrawals')) throw error;
  }
}
