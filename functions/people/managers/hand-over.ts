import { insertInto, statement } from '../../../db/query.ts';
import { accountManagers } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { HistoryLine } from '../../ground/history/insert-history.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';

const insertManager = insertInto(accountManagers);

/** Who is to have an account: by hand, or by the rule for a segment. */
export interface NewManager {
  staffId: string;
  segmentId: string | null;
  why: string | null;
}

/**
 * Ends in whose hands an account is, and puts it into those of `to`; null for nobody's. The rows and the line of the
 * history; of an account at most one row is open, so of two who decide at once one decides again.
 */
export function handOver(
  ctx: Pick<Context, 'actor' | 'now'>,
  { accountId, open, to }: { accountId: string; open: { id: string } | null; to: NewManager | null },
): { rows: Statement[]; history: HistoryLine } {
  const [now, actor] = [ctx.now(), actorName(ctx.actor)];
  const end =
    open === null
      ? []
      : [
          statement(
            'UPDATE account_managers SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL',
            ...[now, actor, open.id],
          ),
        ];
  const begin = to === null ? [] : [insertManager({ id: newId(), accountId, ...to, at: now, actor })];
  const detail = { account: accountId, ...(to === null ? {} : { staff: to.staffId, segment: to.segmentId }) };
  return {
    rows: [...end, ...begin],
    history: { kind: to === null ? 'manager_ended' : 'manager_given', detail },
  };
}
