import { z } from 'zod';
import { isConflictOn } from '../../../db/store.ts';
import { allowProven } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { STALE } from '../../money/accounts/plan-change.ts';
import { recountIfStale } from '../../money/orders/recount.ts';
import { findPair } from './find-pair.ts';
import { listSharedOf } from './list-shared.ts';
import { type PlannedMerge, planMerge } from './plan-merge.ts';
import { type MergePreview, toPreview } from './preview.ts';
import { findDone } from './queries.ts';
import { allowMerging, UNDO_MS } from './terms.ts';
import { toWrites } from './write-merge.ts';

const mergeInput = z.strictObject({
  /** Who stays, and who goes into them: an id, or an email they have or had. */
  survivor: z.string().max(320),
  merged: z.string().max(320),
  reason: freeText(500),
  /** Made with the form: sent twice, the two are merged once. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
});

export interface Merged {
  id: string;
  survivorId: string;
  mergedId: string;
  accountId: string;
  at: number;
  /** The last moment at which it can be undone. */
  undoableUntil: number;
}

/**
 * Makes two customers one, as if they had always been: orders, balance, lots with their ends, debts and all that hangs on
 * the merged one becomes the survivor's, in one atomic write. Where the whole earns less than the parts had, a bonus makes
 * it good. Vouchers keep their codes. It can be undone for 30 days.
 * @throws {AppError} `validation_failed`, `credit_to_oneself`, `unavailable`
 */
export async function mergeCustomers(
  ctx: Context,
  typed: z.input<typeof mergeInput>,
  options: Alongside<Merged> = {},
): Promise<Merged> {
  allowMerging(ctx);
  const input = parseInput(mergeInput, typed);
  allowProven(ctx);
  const done = await findOwn(ctx, input.key);
  if (done !== null) return done;
  const { survivor, merged } = await findPair(ctx, input);
  // Decided anew, an email that has become the survivor's would name somebody else.
  const named = { survivor: survivor.id, merged: merged.id, key: input.key };
  try {
    const plan = await changeAccount(ctx, survivor.rootId ?? survivor.id, async () => {
      const planned = await planMerge(ctx, named);
      const shared = await listSharedOf(ctx.db.fresh, { customerId: planned.people.merged.id });
      const told = { reason: input.reason, shared: shared.map(({ rootId }) => rootId) };
      const beside = options.alongside?.(toMerged(planned), 201) ?? [];
      await ctx.db.write([...toWrites(ctx, planned, told), ...beside]);
      return planned;
    });
    await countAnew(ctx, plan);
    return toMerged(plan);
  } catch (error) {
    const again = isConflictOn(error, 'customer_merges.id') ? await findOwn(ctx, input.key) : null;
    if (again === null) throw error;
    return again;
  }
}

/** What merging the two would change, both sides, and why; nothing is written. @throws {AppError} as the merge */
export async function previewMerge(
  ctx: Context,
  named: { survivor: string; merged: string },
): Promise<MergePreview> {
  allowMerging(ctx);
  return toPreview(await planMerge(ctx, { ...named, key: newId() }));
}

/** The same form sent again finds what it did. */
async function findOwn(ctx: Context, key: string): Promise<Merged | null> {
  const [done] = await findDone(ctx.db.fresh, { id: key });
  return done === undefined ? null : { ...done, undoableUntil: done.at + UNDO_MS };
}

function toMerged({ id, people, to, now: at }: PlannedMerge): Merged {
  const { survivor, merged } = people;
  return {
    ...{ id, survivorId: survivor.id, mergedId: merged.id, accountId: to.root.id },
    ...{ at, undoableUntil: at + UNDO_MS },
  };
}

/** What moved memberships of the club marks the account; mostly it is only marked as counted. */
async function countAnew(ctx: Context, { club, to, business }: PlannedMerge): Promise<void> {
  if (club === null) return;
  await recountIfStale(ctx, business, [{ id: to.root.id, settledRevision: STALE }]);
}
