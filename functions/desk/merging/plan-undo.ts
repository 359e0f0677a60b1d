import type { Statement } from '../../../db/store.ts';
import { type ClubStep, splitMemberships } from '../../circle/club/merge-memberships.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { smallerOf } from '../../ground/platform/money.ts';
import { type OpenVoucher, readTaken } from '../../money/accounts/book-postings.ts';
import type { Terms } from '../../money/accounts/plan-change.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { Order } from '../../money/orders/order.ts';
import { type Handover, handoverOf } from '../../money/rewards/handover.ts';
import { type Entry, replay } from '../../money/rewards/lots.ts';
import { loadCounted } from './plan-merge.ts';
import {
  findKept,
  findMerge,
  findPerson,
  type KeptMerge,
  listCarried,
  listClubSteps,
  listEarnings,
  listMovedOrders,
  listWholeLedger,
} from './queries.ts';
import { UNDO_MS } from './terms.ts';
import { type PlannedTransfer, planTransfer, postedByRule, type TransferSide } from './transfer.ts';

/** The undoing of a merge as it is about to be written. */
export interface PlannedUndo {
  merge: KeptMerge;
  /** The survivor's account and the merged one's as they stand; null where the merged one had none of their own. */
  sides: { from: TransferSide; to: TransferSide } | null;
  /** What of the survivor's books came with the merge and goes back. */
  part: ReturningPart | null;
  transfer: PlannedTransfer | null;
  club: Statement[];
  now: number;
}

/** Orders and lots that go back, the bonus that is taken back, and the unused vouchers of rules that end. */
export interface ReturningPart {
  orders: readonly Order[];
  theirs: ReadonlySet<number>;
  bonus: { id: string; entrySeq: number; amountMinor: bigint } | null;
  ending: readonly OpenVoucher[];
}

export const notUndoable = (code: string, why: string) =>
  new AppError('merge_not_undoable', `This merge can no longer be undone: ${why}.`, {
    errors: [{ path: 'id', code, message: why }],
  });

/** How a merge is undone: late is after the days that people have for it. */
export interface MergeUndoing {
  isLate?: true;
}

/** @throws {AppError} `not_found`, `merge_not_undoable` with what stands in the way */
export async function planUndo(ctx: Context, id: string, undoing: MergeUndoing = {}): Promise<PlannedUndo> {
  const db = ctx.db.fresh;
  const merge = await getUndoable(ctx, id, undoing);
  const { survivorRootId, mergedRootId } = merge;
  const business = await getBusiness({ ...ctx, db });
  const terms = { business, now: ctx.now(), actor: actorName(ctx.actor) };
  const nothing = { merge, sides: null, part: null, transfer: null, club: [], now: terms.now };
  if (mergedRootId === null) return nothing;
  const sides = await loadCounted(ctx, business, [survivorRootId, mergedRootId]);
  const [from, to] = [sides.get(survivorRootId), sides.get(mergedRootId)];
  if (from === undefined || to === undefined) return nothing;
  const planned = await planBack(ctx, { merge, from, to }, terms);
  const pair = { survivorRootId, mergedRootId, ...terms };
  const club = await splitMemberships(db, pair, await listStepsOf(ctx, id));
  return { merge, sides: { from, to }, ...planned, club, now: terms.now };
}

async function getUndoable(ctx: Context, id: string, { isLate }: MergeUndoing): Promise<KeptMerge> {
  const db = ctx.db.fresh;
  const [merge] = await findMerge(db, { id });
  if (merge === undefined) throw new AppError('not_found', 'There is no such merge.');
  if (merge.undoneAt !== null) throw notUndoable('undone_already', 'it was undone already');
  if (isLate !== true && merge.at + UNDO_MS < ctx.now())
    throw notUndoable('too_late', 'more than 30 days have passed');
  const [survivor] = await findPerson(db, { id: merge.survivorId });
  if (survivor === undefined || survivor.withdrawnAt !== null)
    throw notUndoable('merged_since', 'the customer was merged into another one since; undo that first');
  if (merge.email !== null && (await isTaken(ctx, merge)))
    throw notUndoable('email_taken', 'somebody signs in with that email by now');
  return merge;
}

/** Somebody may have proven the address since, or changed theirs to it. */
async function isTaken({ db }: Context, { email, survivorId }: KeptMerge): Promise<boolean> {
  const sql = `SELECT 1 FROM customers WHERE email = ?
    UNION ALL SELECT 1 FROM former_emails WHERE email = ? AND customer_id <> ?`;
  return (await db.fresh.read({ sql, args: [email, email, survivorId] })).length > 0;
}

interface Way {
  merge: KeptMerge;
  from: TransferSide;
  to: TransferSide;
}

async function planBack(
  ctx: Context,
  way: Way,
  terms: Terms,
): Promise<{ transfer: PlannedTransfer; part: ReturningPart }> {
  const { merge, from, to } = way;
  const { id } = merge;
  const { orders, theirs, posted, owed, bonus, entries } = await loadPart(ctx, way);
  const { lent, repaid } = lentBy(entries, { theirs, at: merge.at });
  const history = { kind: 'merge_undone', orderId: null, detail: { merge: id } } as const;
  const isTheirs = ({ seq }: { seq: number }) => theirs.has(seq);
  const ending = from.vouchers.filter(
    ({ redemptionId, taken }) =>
      redemptionId === null && readTaken(taken).some(({ lotSeq }) => theirs.has(lotSeq)),
  );
  const transfer = planTransfer(
    {
      ...{ from, to, orders, floor: null, bonusId: id },
      ...{ clubSpans: to.root.clubSpans, segmentSpans: to.root.segmentSpans },
      signedUpAt: { from: signedUpBefore(way), to: to.root.signedUpAt },
      leaving: {
        ...{ ending, bonus },
        isTheirs,
        handoverOf: (book) =>
          lessOf(handoverOf(book, { posted, postedAll: postedByRule(from.totals), isTheirs, owed }), lent),
      },
      history: { from: history, to: history },
    },
    terms,
  );
  const now = debtsOf(from.root.balanceMinor, to.root.balanceMinor);
  const then = debtsOf(transfer.leaving.root.balanceMinor, transfer.coming.root.balanceMinor);
  if (then > now + merge.owedMinor + repaid)
    throw notUndoable('balance_spent', 'more was spent since than would remain');
  return { transfer, part: { orders, theirs, bonus, ending } };
}

const debtsOf = (...balances: bigint[]) =>
  balances.reduce((sum, balance) => (balance < 0n ? sum - balance : sum), 0n);

/** What of the survivor's books came with the merge. */
async function loadPart(ctx: Context, { merge: { id }, from }: Way) {
  const db = ctx.db.fresh;
  const rootId = from.root.id;
  const moved = new Set((await listMovedOrders(db, { id })).map((order) => order.id));
  const [entries, earnings, carried, kept] = await Promise.all([
    listWholeLedger(db, { rootId }),
    listEarnings(db, { rootId, orderIds: JSON.stringify([...moved]) }),
    listCarried(db, { id, rootId }),
    findKept(db, { rootId, id }),
  ]);
  const posted = new Map<string, bigint>();
  for (const { ruleId, amountMinor } of earnings)
    if (ruleId !== null) posted.set(ruleId, (posted.get(ruleId) ?? 0n) + amountMinor);
  return {
    orders: from.orders.filter((order) => moved.has(order.id)),
    theirs: new Set([
      ...earnings.filter(({ kind }) => kind === 'earn').map(({ seq }) => seq),
      ...carried.filter(({ role }) => role === 'in').map(({ seq }) => seq),
    ]),
    posted,
    owed: carried.filter(({ role }) => role === 'owed').reduce((sum, row) => sum - row.amountMinor, 0n),
    bonus: kept[0] ?? null,
    entries,
  };
}

/**
 * What of the lots that came along paid debts as the two became one: no spending of theirs, for the debts go back to whose
 * they were. `repaid` is the part that settled what the survivor owed.
 */
function lentBy(
  rows: Awaited<ReturnType<typeof listWholeLedger>>,
  { theirs, at }: { theirs: ReadonlySet<number>; at: number },
): { lent: bigint; repaid: bigint } {
  const { takenBy } = replay(rows.map(entryOf));
  let repaid = 0n;
  let taken = 0n;
  for (const { seq, kind, recordedAt, amountMinor, balanceAfterMinor, role } of rows) {
    if (role === 'owed')
      for (const part of takenBy.get(seq) ?? []) if (theirs.has(part.lotSeq)) taken += part.amount;
    const debtBefore = amountMinor - balanceAfterMinor;
    if (recordedAt === at && theirs.has(seq) && kind === 'earn' && debtBefore > 0n)
      repaid += smallerOf(debtBefore, amountMinor);
  }
  return { lent: taken + repaid, repaid };
}

function entryOf(row: Awaited<ReturnType<typeof listWholeLedger>>[number]): Entry {
  const { amountMinor: amount, balanceAfterMinor: balanceAfter, role: _role, ...entry } = row;
  return { ...entry, amount, balanceAfter, period: null, order: null, spendAfter: null };
}

/** A handover without a part of what was spent and is owed. */
function lessOf({ lots, rules, owed }: Handover, amount: bigint): Handover {
  let left = amount;
  const less = (from: bigint) => {
    const part = smallerOf(from, left);
    left -= part;
    return from - part;
  };
  const owedLess = less(owed);
  return { lots, owed: owedLess, rules: rules.map((rule) => ({ ...rule, spent: less(rule.spent) })) };
}

/** When the survivor had signed up: the merge gave them the earlier of both days. */
function signedUpBefore({ merge, from, to }: Way): number | null {
  if (merge.survivorSignedUpAt !== null) return merge.survivorSignedUpAt;
  return from.root.signedUpAt === to.root.signedUpAt ? null : from.root.signedUpAt;
}

async function listStepsOf(ctx: Context, id: string): Promise<ClubStep[]> {
  const rows = await listClubSteps(ctx.db.fresh, { id });
  const kinds = ['club_begun', 'club_withdrawn', 'club_ended'] as const;
  return rows.flatMap(({ kind, membershipId }) => {
    const known = kinds.find((one) => one === kind);
    return known === undefined ? [] : [{ kind: known, membershipId }];
  });
}
