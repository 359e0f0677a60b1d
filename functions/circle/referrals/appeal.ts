import { z } from 'zod';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { loadReferral } from './facts.ts';
import { lookAtReferral } from './look.ts';
import { appealableSeq, deriveReferral } from './state.ts';
import { onReferral, writeSteps } from './steps.ts';

const input = z.strictObject({ id: z.string().max(64), text: z.string().trim().min(1).max(1000) });

/**
 * What the referrer has to say when a referral is held or was declined; once for each hold and each decision. Nothing
 * changes by it: somebody reads it.
 * @throws {AppError} `not_found` (also somebody else's), `validation_failed`, `referral_not_held`, `already_appealed`
 */
export async function appealReferral(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  const { id, text } = parseInput(input, typed);
  const customerId = customerIdOf(ctx);
  await onReferral(ctx, id, async () => {
    const { row, steps, facts } = await loadReferral(ctx, ctx.db.fresh, id);
    if (row.referrerId !== customerId) throw new AppError('not_found', 'There is no such referral.');
    const { state } = deriveReferral(facts, ctx.now());
    const against = appealableSeq(state, steps);
    if (against === null) throw new AppError('referral_not_held', 'There is nothing to appeal against.');
    if (steps.some((step) => step.kind === 'appealed' && step.against === against))
      throw new AppError('already_appealed', 'You have told us already; we will read it.');
    await writeHistory(ctx, row.referrerRootId, () => ({
      history: { kind: 'referral_appealed', detail: { id } },
      rows: writeSteps(ctx, { id, stepSeq: row.stepSeq }, [{ kind: 'appealed', against, text }]),
    }));
  });
  await lookAtReferral(ctx, id);
}
