import { insertInto, statement } from '../../../db/query.ts';
import { bonuses, customerMergeRows, customerMerges } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { insertAccount } from '../../money/accounts/open-account.ts';
import { endAudiences, saveSegmentSpans } from '../../money/accounts/segment-spans.ts';
import { carriedRows, moveAllOrders } from './carried-rows.ts';
import { mergeInOtherRooms } from './other-rooms.ts';
import { filledBy, mergePeople, type Pair } from './people-rows.ts';
import type { PlannedMerge } from './plan-merge.ts';

const insertMerge = insertInto(customerMerges);
const insertRow = insertInto(customerMergeRows);
const insertBonus = insertInto(bonuses);

/** All of a merge, in the sequence in which it has to be written. `shared` are the companies and households concerned. */
export function toWrites(
  ctx: Context,
  plan: PlannedMerge,
  { reason, shared }: { reason: string | null; shared: readonly string[] },
): Statement[] {
  const { id, people, to, from, transfer, now } = plan;
  const actor = actorName(ctx.actor);
  const pair: Pair = {
    ...{ id, merged: people.merged, now, actor },
    survivor: { ...people.survivor, rootId: to.root.id },
  };
  const orders = moveAllOrders(ctx, {
    ...{ mergeId: id, fromRootId: from?.root.id ?? null, toRootId: to.root.id },
    ...{ fromCustomerId: people.merged.id, toCustomerId: people.survivor.id, now, actor },
  });
  const history = { kind: 'merged_from', rootId: to.root.id, detail: { merge: id } } as const;
  const decision: Decision = {
    rows: [
      ...clubRows(plan),
      mergeRow(plan, { pair, reason, actor }),
      ...audienceRows(plan),
      ...mergePeople(pair),
      ...mergeInOtherRooms({ ...{ id, now, actor }, survivorId: pair.survivor.id, mergedId: pair.merged.id }),
      ...hide(from?.root.id ?? null, now),
    ],
    histories: [
      ...(transfer === null ? [history] : []),
      ...shared.map((rootId) => ({ kind: 'person_merged', rootId, detail: { merge: id } }) as const),
    ],
    audit: {
      kind: 'customer.merged',
      subjectKind: 'customer',
      subjectId: people.survivor.id,
      detail: { merge: id, merged: people.merged.id, account: to.root.id, before: from?.root.id ?? null },
    },
  };
  return [
    ...openAccount(plan),
    ...(transfer?.leaving.statements ?? []),
    ...orders,
    ...(transfer?.recounted ?? []),
    ...(transfer?.coming.statements ?? []),
    ...explained(plan, actor),
    ...toStatements(ctx, decision),
  ];
}

/** A merged account is looked for by nobody any more. */
export function hide(rootId: string | null, now: number): Statement[] {
  return rootId === null ? [] : [statement('UPDATE accounts SET withdrawn_at = ? WHERE id = ?', now, rootId)];
}

function openAccount({ isNewAccount, to, people, business, now }: PlannedMerge): Statement[] {
  if (!isNewAccount) return [];
  const account = { id: to.root.id, kind: 'personal', name: '', ownerId: people.survivor.id } as const;
  return [insertAccount(account, { revision: business.revision, now })];
}

function clubRows({ id, club }: PlannedMerge): Statement[] {
  if (club === null) return [];
  const steps = club.steps.map(({ kind, membershipId }) =>
    insertRow({ mergeId: id, kind, rowKey: membershipId }),
  );
  return [...club.rows, ...steps];
}

/** After the row of the merge, by which the survivor's times are read. */
function audienceRows({ from, to, now }: PlannedMerge): Statement[] {
  if (from === null) return [];
  return [endAudiences(from.root.id, now), saveSegmentSpans([from.root.id, to.root.id])];
}

function mergeRow(
  { id, people, to, from, transfer, now }: PlannedMerge,
  { pair, reason, actor }: { pair: Pair; reason: string | null; actor: string },
): Statement {
  return insertMerge({
    id,
    survivorId: people.survivor.id,
    survivorRootId: to.root.id,
    mergedId: people.merged.id,
    mergedRootId: from?.root.id ?? null,
    email: people.merged.email,
    filled: JSON.stringify(filledBy(pair)),
    survivorSignedUpAt: to.root.signedUpAt,
    keptMinor: transfer?.keptMinor ?? 0n,
    owedMinor: transfer?.handover.owed ?? 0n,
    reason,
    at: now,
    actor,
  });
}

/** What explains the entries that no order does. */
function explained({ id, to, transfer, business, now: at }: PlannedMerge, actor: string): Statement[] {
  if (transfer === null) return [];
  const rows = carriedRows(transfer, { mergeId: id, isUndo: false, now: at, actor });
  const bonus = transfer.coming.entries.find(({ kind, cause }) => kind === 'bonus' && cause === id);
  if (bonus === undefined) return rows;
  const kept = {
    ...{ id, accountId: to.root.id, causeKind: 'kept_at_merge' as const, causeId: id },
    ...{ amountMinor: bonus.amount, currency: business.currency ?? '', entrySeq: bonus.seq, at, actor },
  };
  return [...rows, insertBonus(kept)];
}
