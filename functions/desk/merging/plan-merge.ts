import { type ClubChange, mergeMemberships } from '../../circle/club/merge-memberships.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { pendingSum } from '../../money/accounts/build-balance.ts';
import type { Terms } from '../../money/accounts/plan-change.ts';
import { newRoot } from '../../money/accounts/root.ts';
import { spansTogether } from '../../money/accounts/segment-spans.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { recountIfStale } from '../../money/orders/recount.ts';
import { wholeOf } from '../../money/rewards/handover.ts';
import { emptyBook, expireDue, type LotBook } from '../../money/rewards/lots.ts';
import { earlier } from './earlier.ts';
import { findPair, type TwoCustomers } from './find-pair.ts';
import { listTooLarge } from './queries.ts';
import { refuseOwn } from './terms.ts';
import {
  loadSides,
  type PlannedTransfer,
  planTransfer,
  postedByRule,
  type TransferSide,
} from './transfer.ts';

/** An account of more orders than this is not merged at once, and nothing merges it by parts. */
const ORDERS_MAX = 5000;

/** A merge as it is about to be written. */
export interface PlannedMerge {
  id: string;
  people: TwoCustomers;
  /** Null for who has no account of their own. */
  from: TransferSide | null;
  to: TransferSide;
  isNewAccount: boolean;
  transfer: PlannedTransfer | null;
  club: ClubChange | null;
  business: Business;
  now: number;
}

/**
 * What merging two customers would do; nothing is written.
 * @throws {AppError} `validation_failed`, `credit_to_oneself`
 */
export async function planMerge(
  ctx: Context,
  named: { survivor: string; merged: string; key: string },
): Promise<PlannedMerge> {
  const people = await findPair(ctx, named);
  const { survivor, merged } = people;
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const rootIds = [survivor.rootId, merged.rootId].filter((id) => id !== null);
  await refuseOwn(ctx, { customerIds: [survivor.id, merged.id], rootIds });
  const tooLarge = await listTooLarge(db, { ids: JSON.stringify(rootIds), max: ORDERS_MAX });
  if (tooLarge.length > 0)
    throw wrongField('merged', 'too_many_orders', `has more than ${ORDERS_MAX} orders`);
  const sides = await loadCounted(ctx, business, rootIds);
  const from = sides.get(merged.rootId ?? '') ?? null;
  const kept = sides.get(survivor.rootId ?? '');
  const to = kept ?? emptySide(business);
  const terms = { business, now: ctx.now(), actor: actorName(ctx.actor) };
  const pair = { survivorRootId: to.root.id, mergedRootId: from?.root.id ?? '', ...terms };
  const club = from === null ? null : await mergeMemberships(db, pair);
  const plan = { id: named.key, people, from, to, isNewAccount: kept === undefined, club };
  return {
    ...plan,
    ...{ business, now: terms.now },
    transfer: from === null ? null : transferOf({ ...plan, from }, terms),
  };
}

/** Two accounts as they stand once the newest programme has reached them. */
export async function loadCounted(
  ctx: Context,
  business: Business,
  ids: readonly string[],
): Promise<Map<string, TransferSide>> {
  const sides = await loadSides(ctx, ids);
  const roots = [...sides.values()].map(({ root }) => root);
  return (await recountIfStale(ctx, business, roots)) ? loadSides(ctx, ids) : sides;
}

function emptySide(business: Business): TransferSide {
  const root = newRoot(newId(), business.revision);
  const nothing = { totals: new Map(), counted: new Map(), paid: new Map() };
  return { root, book: emptyBook, vouchers: [], orders: [], ...nothing };
}

function transferOf(
  { id, from, to, club }: Pick<PlannedMerge, 'id' | 'to' | 'club'> & { from: TransferSide },
  terms: Terms,
): PlannedTransfer {
  const balanceOf = (book: LotBook) => expireDue(book, terms.now).book.balance;
  const pendingOf = ({ totals }: TransferSide) => pendingSum(totals, terms.business);
  const posted = postedByRule(from.totals);
  return planTransfer(
    {
      from,
      to,
      orders: from.orders,
      signedUpAt: { from: from.root.signedUpAt, to: earlier(to.root.signedUpAt, from.root.signedUpAt) },
      clubSpans: club?.spans ?? to.root.clubSpans,
      segmentSpans: spansTogether(to.root.segmentSpans, from.root.segmentSpans, terms.now),
      leaving: { ending: [], bonus: null, handoverOf: (book) => wholeOf(book, posted), isTheirs: () => true },
      floor: {
        balanceMinor: balanceOf(from.book) + balanceOf(to.book),
        pendingMinor: pendingOf(from) + pendingOf(to),
      },
      bonusId: id,
      history: {
        from: { kind: 'merged_into', orderId: null, detail: { merge: id, account: to.root.id } },
        to: { kind: 'merged_from', orderId: null, detail: { merge: id, account: from.root.id } },
      },
    },
    terms,
  );
}
