import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { carryOutOwnerChange } from './end-change.ts';
import { listDueChanges } from './queries.ts';

/** Carries out what owners have had a day's notice of. */
export async function carryOutDueChanges(ctx: Context): Promise<number> {
  const due = await listDueChanges(ctx.db.fresh, { now: ctx.now() });
  for (const { id } of due) {
    try {
      await carryOutOwnerChange(ctx, { id });
    } catch (error) {
      // Somebody stopped it, or has agreed, in this moment.
      if (!(error instanceof AppError) || error.code !== 'already_decided') throw error;
    }
  }
  return due.length;
}
