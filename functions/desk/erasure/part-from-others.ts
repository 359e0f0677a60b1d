import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { mergeCustomers } from '../merging/merge-customers.ts';
import { undoMerge } from '../merging/undo-merge.ts';
import { findPerson, type KnownSubject, stands } from './find-person.ts';

interface Merge {
  id: string;
  survivorId: string;
  mergedId: string;
}

/**
 * Who was erased while a merge was undone that stands in what came back: it is undone again, since the other one lives. Where
 * that one was merged on, the two are one again afterwards, whatever comes of it.
 * @throws {AppError} `merge_not_undoable`
 */
export async function partFromOthers(
  ctx: Context,
  person: KnownSubject,
  { customerId, listed }: { customerId: string; listed: ReadonlySet<string> },
): Promise<KnownSubject | null> {
  if (person.customerIds.every((id) => listed.has(id))) return person;
  const merges = await listMerges(ctx, person.customerIds);
  const parts = ({ survivorId, mergedId }: Merge) => listed.has(survivorId) !== listed.has(mergedId);
  const hides = (merge: Merge): boolean =>
    parts(merge) || merges.some((before) => before.survivorId === merge.mergedId && hides(before));
  const undoing = { ...ctx, actor: { kind: 'system', name: 'erasure' } as const };
  const lifted: Merge[] = [];
  try {
    for (const merge of merges.filter(hides)) {
      await undoMerge(undoing, { id: merge.id }, { isLate: true });
      if (!parts(merge)) lifted.push(merge);
    }
  } finally {
    for (const { survivorId, mergedId } of lifted.toReversed())
      await mergeCustomers(undoing, {
        ...{ survivor: survivorId, merged: mergedId, key: newId() },
        reason: null,
      });
  }
  return findPerson(ctx, customerId);
}

/** Merges that stand among some, the newest first: nobody is merged into somebody who was merged on already. */
async function listMerges(ctx: Context, customerIds: readonly string[]): Promise<Merge[]> {
  const rows = await ctx.db.fresh.read(
    statement(
      `SELECT m.id, m.survivor_id, m.merged_id FROM customer_merges AS m
       WHERE m.survivor_id IN (SELECT value FROM json_each(?)) AND ${stands} ORDER BY m.at DESC, m.id DESC`,
      JSON.stringify(customerIds),
    ),
  );
  return rows.map(([id, survivorId, mergedId]) => ({
    ...{ id: String(id), survivorId: String(survivorId), mergedId: String(mergedId) },
  }));
}
