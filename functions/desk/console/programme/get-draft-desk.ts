import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { type Draft, getDraft } from '../../../money/programme/draft.ts';
import type { Rule } from '../../../money/rewards/types.ts';
import { findStaffEmail } from './queries.ts';

/** The draft with the name of who changed it last, and the rules there ever were. @throws {AppError} as `getDraft` */
export async function getDraftDesk(
  ctx: Context,
): Promise<Draft & { changedBy: string | null; inForce: readonly Rule[] }> {
  const [draft, { programme }] = await Promise.all([getDraft(ctx), getBusiness(ctx)]);
  const inForce = programme?.versions.map(({ rule }) => rule) ?? [];
  if (draft.changed === null) return { ...draft, inForce, changedBy: null };
  const { actor } = draft.changed;
  const found = await findStaffEmail(ctx.db, { actor });
  return { ...draft, inForce, changedBy: found?.email ?? actor };
}
