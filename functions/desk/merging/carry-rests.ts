import { actorName, type Context } from '../../ground/platform/context.ts';
import { changeAccount, passOver } from '../../money/accounts/change-account.ts';
import { getBusiness } from '../../money/business/business.ts';
import { recountIfStale } from '../../money/orders/recount.ts';
import { wholeOf } from '../../money/rewards/handover.ts';
import { carriedRows } from './carried-rows.ts';
import { findMerge, listRests } from './queries.ts';
import { loadSides, planTransfer } from './transfer.ts';
import { hide } from './write-merge.ts';

/**
 * What comes to a merged account afterwards goes on to the survivor: a redemption taken back, what a voucher leaves when it
 * ends, a late bonus or its taking back. Answers how many accounts it was.
 */
export async function carryRests(ctx: Context): Promise<number> {
  const rests = await listRests(ctx.db.fresh, {});
  for (const { id } of rests) {
    try {
      await changeAccount(ctx, id, () => carryRest(ctx, id));
    } catch (error) {
      passOver(ctx, error, id);
    }
  }
  return rests.length;
}

async function carryRest(ctx: Context, id: string): Promise<void> {
  const db = ctx.db.fresh;
  const [merge] = await findMerge(db, { id });
  if (merge?.mergedRootId == null || merge.undoneAt !== null) return;
  const { survivorRootId, mergedRootId } = merge;
  const sides = await loadSides(ctx, [survivorRootId, mergedRootId]);
  const [to, from] = [sides.get(survivorRootId), sides.get(mergedRootId)];
  if (to === undefined || from === undefined) return;
  const business = await getBusiness({ ...ctx, db });
  if (await recountIfStale(ctx, business, [to.root, from.root])) return carryRest(ctx, id);
  const now = ctx.now();
  const actor = actorName(ctx.actor);
  if (from.root.balanceMinor === 0n) return void (await ctx.db.write(hide(mergedRootId, now)));
  const history = { kind: 'merge_rest_carried', orderId: null, detail: { merge: id } } as const;
  const planned = planTransfer(
    {
      ...{ from, to, orders: [], floor: null, bonusId: id },
      ...{ clubSpans: to.root.clubSpans, segmentSpans: to.root.segmentSpans },
      signedUpAt: { from: from.root.signedUpAt, to: to.root.signedUpAt },
      leaving: {
        ending: [],
        bonus: null,
        isTheirs: () => true,
        handoverOf: (book) => wholeOf(book, new Map()),
      },
      history: { from: history, to: history },
    },
    { business, now, actor },
  );
  await ctx.db.write([
    ...planned.leaving.statements,
    ...planned.recounted,
    ...planned.coming.statements,
    ...carriedRows(planned, { mergeId: id, isUndo: false, now, actor }),
    ...hide(mergedRootId, now),
  ]);
}
