import { insertInto } from '../../../db/query.ts';
import { bonusReversals, customerMergeUndos } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { allowProven } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { STALE } from '../../money/accounts/plan-change.ts';
import { saveSegmentSpans } from '../../money/accounts/segment-spans.ts';
import { getBusiness } from '../../money/business/business.ts';
import { recountIfStale } from '../../money/orders/recount.ts';
import { carriedRows, moveBack } from './carried-rows.ts';
import { listSharedOfMerge } from './list-shared.ts';
import { splitInOtherRooms } from './other-rooms.ts';
import { splitPeople } from './people-rows.ts';
import { type MergeUndoing, notUndoable, type PlannedUndo, planUndo } from './plan-undo.ts';
import { findMerge } from './queries.ts';
import { allowMerging, refuseOwn } from './terms.ts';

const insertUndo = insertInto(customerMergeUndos);
const insertReversal = insertInto(bonusReversals);

export interface UndoneMerge {
  id: string;
  survivorId: string;
  mergedId: string;
  at: number;
}

/**
 * Makes two customers of one again, within 30 days: what the merged one brought goes back, orders recorded since stay with
 * the survivor, and what was spent since is paid by those whose lots paid it.
 * @throws {AppError} `not_found`, `merge_not_undoable` with what stands in the way, `credit_to_oneself`, `unavailable`
 */
export async function undoMerge(
  ctx: Context,
  { id, reason = null }: { id: string; reason?: string | null },
  options: Alongside<UndoneMerge> & MergeUndoing = {},
): Promise<UndoneMerge> {
  allowMerging(ctx);
  allowProven(ctx);
  const [merge] = await findMerge(ctx.db.fresh, { id });
  if (merge === undefined) throw new AppError('not_found', 'There is no such merge.');
  const { survivorId, survivorRootId, mergedId, mergedRootId } = merge;
  await refuseOwn(ctx, { customerIds: [survivorId, mergedId], rootIds: [survivorRootId, mergedRootId] });
  try {
    const undone = await changeAccount(ctx, survivorRootId, async () => {
      const plan = await planUndo(ctx, id, options);
      const shared = (await listSharedOfMerge(ctx.db.fresh, { id })).map(({ rootId }) => rootId);
      const answer = toUndone(plan);
      await ctx.db.write([
        ...toWrites(ctx, plan, { reason, shared }),
        ...(options.alongside?.(answer, 201) ?? []),
      ]);
      return answer;
    });
    await countAnew(ctx, [survivorRootId, mergedRootId]);
    return undone;
  } catch (error) {
    if (!isConflictOn(error, 'customer_merge_undos')) throw error;
    throw notUndoable('undone_already', 'it was undone already');
  }
}

function toUndone({ merge: { id, survivorId, mergedId }, now: at }: PlannedUndo): UndoneMerge {
  return { id, survivorId, mergedId, at };
}

/** Periods and times in club and segments of both may be others again. */
async function countAnew(ctx: Context, ids: readonly (string | null)[]): Promise<void> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const roots = ids.flatMap((id) => (id === null ? [] : [{ id, settledRevision: STALE }]));
  await recountIfStale(ctx, business, roots);
}

/** All of it, in the sequence in which it has to be written. */
function toWrites(
  ctx: Context,
  plan: PlannedUndo,
  { reason, shared }: { reason: string | null; shared: readonly string[] },
): Statement[] {
  const { merge, transfer, club, now } = plan;
  const { id, survivorId, survivorRootId, mergedId } = merge;
  const actor = actorName(ctx.actor);
  const history = { kind: 'merge_undone', rootId: survivorRootId, detail: { merge: id } } as const;
  const decision: Decision = {
    rows: [
      insertUndo({ mergeId: id, reason, at: now, actor }),
      ...(merge.mergedRootId === null ? [] : [saveSegmentSpans([survivorRootId, merge.mergedRootId])]),
      ...(transfer === null ? [] : carriedRows(transfer, { mergeId: id, isUndo: true, now, actor })),
      ...bonusTakenBack(plan, actor),
      ...splitPeople(merge, { now, actor }),
      ...splitInOtherRooms({ id, survivorId, mergedId, now, actor }),
      ...club,
    ],
    histories: [
      ...(transfer === null ? [history] : []),
      ...shared.map((rootId) => ({ kind: 'person_split', rootId, detail: { merge: id } }) as const),
    ],
    audit: {
      kind: 'customer.merge-undone',
      subjectKind: 'customer',
      subjectId: survivorId,
      detail: { merge: id, merged: mergedId },
    },
  };
  return [
    ...(transfer?.leaving.statements ?? []),
    ...moveBack(ctx, { mergeId: id, survivorId, mergedId, now, actor }),
    ...(transfer?.recounted ?? []),
    ...(transfer?.coming.statements ?? []),
    ...toStatements(ctx, decision),
  ];
}

function bonusTakenBack({ merge, transfer, now: at }: PlannedUndo, actor: string): Statement[] {
  const { id, survivorRootId: accountId } = merge;
  const entry = transfer?.leaving.entries.find(
    ({ kind, cause }) => kind === 'bonus_reversal' && cause === id,
  );
  if (entry === undefined) return [];
  return [insertReversal({ bonusId: id, accountId, entrySeq: entry.seq, reason: 'undone', at, actor })];
}
