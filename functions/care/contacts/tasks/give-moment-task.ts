import type { Statement } from '../../../../db/store.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import type { MomentName } from '../../../ground/settings/moment.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { taskRows } from './plan-tasks.ts';

/** What a moment asks somebody to do for a customer. */
export interface MomentTask {
  moment: MomentName;
  what: string;
  who: { customerId: string; accountId: string; rootId: string };
  /** Null for whoever is there. */
  staffId: string | null;
  /** A business day. */
  dueOn: string;
  /** What says that it was asked for, in the same batch. */
  rows: readonly Statement[];
}

/** Puts it among the tasks. @throws {AppError} `forbidden` */
export function giveMomentTask(
  ctx: Context,
  { moment, what, who, staffId, dueOn, rows }: MomentTask,
): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  return writeHistory(ctx, who.rootId, () => ({
    history: { kind: 'step_planned', detail: { moment } },
    rows: [
      ...taskRows(ctx, {
        ...{ id: newId(), kind: 'next_step', what, moment, planId: null, round: null, contactId: null },
        ...{ ...who, dueOn, staffId },
      }),
      ...rows,
    ],
  }));
}
