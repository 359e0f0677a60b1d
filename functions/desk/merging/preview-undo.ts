import { and, desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { ledger, redemptions } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { readTaken } from '../../money/accounts/book-postings.ts';
import { pendingSum } from '../../money/accounts/build-balance.ts';
import type { AccountPlan } from '../../money/accounts/plan-change.ts';
import { getBusiness } from '../../money/business/business.ts';
import { planUndo } from './plan-undo.ts';
import { findMerge, findPerson } from './queries.ts';
import { allowMerging, refuseOwn } from './terms.ts';
import { loadSides } from './transfer.ts';

/** What one of the two has; sums in minor units of the business currency. */
export interface UndoFigures {
  orders: number;
  /** Below zero it is owed. */
  balanceMinor: bigint;
  pendingMinor: bigint;
}

/** One of the two as they would be again, and what they had before the merge. */
export interface UndoSide extends UndoFigures {
  id: string;
  name: string | null;
  email: string | null;
  beforeMinor: bigint;
}

/** What undoing a merge would change; nothing of it is written. */
export interface UndoPreview {
  id: string;
  survivor: UndoSide;
  merged: UndoSide;
  /** As the one customer that they are. */
  together: UndoFigures;
  currency: string | null;
  /** What was spent since, newest first, and how much of it credit paid that goes back to the merged one. */
  spent: {
    kind: 'till' | 'voucher' | 'donation' | 'payout';
    at: number;
    minor: bigint;
    theirsMinor: bigint;
    code: string | null;
  }[];
  /** Unused vouchers of rules that end, and those that are issued in their place. */
  endingMinor: bigint;
  issuedMinor: bigint;
  /** The bonus that made good what the whole earned less; it is taken back. */
  keptMinor: bigint;
}

/**
 * What undoing a merge would change, both sides, and what of it was spent since.
 * @throws {AppError} as the undoing
 */
export async function previewUndo(ctx: Context, { id }: { id: string }): Promise<UndoPreview> {
  allowMerging(ctx);
  const db = ctx.db.fresh;
  const [merge] = await findMerge(db, { id });
  if (merge === undefined) throw new AppError('not_found', 'There is no such merge.');
  const { survivorId, survivorRootId, mergedId, mergedRootId } = merge;
  await refuseOwn(ctx, { customerIds: [survivorId, mergedId], rootIds: [survivorRootId, mergedRootId] });
  const plan = await planUndo(ctx, id);
  const [business, [survivor], [merged], spent, sides, ...before] = await Promise.all([
    getBusiness({ ...ctx, db }),
    findPerson(db, { id: survivorId }),
    findPerson(db, { id: mergedId }),
    listSpentSince(db, { rootId: survivorRootId, at: merge.at }),
    plan.sides === null ? loadSides(ctx, [survivorRootId]) : null,
    ...[survivorRootId, mergedRootId ?? ''].map((rootId) => findBalanceBefore(db, { rootId, at: merge.at })),
  ]);
  const { part, transfer } = plan;
  const from = plan.sides?.from ?? sides?.get(survivorRootId);
  const figuresOf = (
    orders: number,
    side: Pick<AccountPlan, 'root' | 'totals'> | undefined,
  ): UndoFigures => ({
    orders,
    balanceMinor: side?.root.balanceMinor ?? 0n,
    pendingMinor: side === undefined ? 0n : pendingSum(side.totals, business),
  });
  const [own = 0, back = 0] = [from?.orders.length, part?.orders.length];
  const theirs = part?.theirs ?? new Set<number>();
  const beforeOf = (at: number) => before[at]?.[0]?.minor ?? 0n;
  return {
    id,
    survivor: {
      ...{ id: survivorId, name: survivor?.name ?? null, email: survivor?.email ?? null },
      ...{ ...figuresOf(own - back, transfer?.leaving ?? from), beforeMinor: beforeOf(0) },
    },
    merged: {
      ...{ id: mergedId, name: merged?.name ?? null, email: merge.email },
      ...{
        ...figuresOf((plan.sides?.to.orders.length ?? 0) + back, transfer?.coming),
        beforeMinor: beforeOf(1),
      },
    },
    together: figuresOf(own, from),
    currency: business.currency,
    spent: spent.map(({ taken, ...one }) => ({
      ...one,
      theirsMinor: readTaken(taken).reduce(
        (sum, { lotSeq, amount }) => (theirs.has(lotSeq) ? sum + amount : sum),
        0n,
      ),
    })),
    endingMinor: (part?.ending ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    issuedMinor: (transfer?.coming.issued ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    keptMinor: part?.bonus?.amountMinor ?? 0n,
  };
}

/** What some root account's balance was before a moment; none where nothing had been posted. */
const findBalanceBefore = query((db) =>
  db
    .select({ minor: ledger.balanceAfterMinor })
    .from(ledger)
    .where(
      and(
        eq(ledger.accountId, sql.placeholder('rootId')),
        sql`${ledger.recordedAt} < ${sql.placeholder('at')}`,
      ),
    )
    .orderBy(desc(ledger.seq))
    .limit(1),
);

/** What a root account spent from a moment on and did not get back, newest first. */
const listSpentSince = query((db) =>
  db
    .select({
      kind: redemptions.kind,
      at: redemptions.at,
      minor: redemptions.amountMinor,
      code: redemptions.voucherCode,
      taken: redemptions.taken,
    })
    .from(redemptions)
    .where(
      and(
        eq(redemptions.accountId, sql.placeholder('rootId')),
        sql`${redemptions.at} >= ${sql.placeholder('at')}
          AND NOT EXISTS (SELECT 1 FROM reversals WHERE redemption_id = ${redemptions.id})`,
      ),
    )
    .orderBy(desc(redemptions.at), desc(redemptions.entrySeq)),
);
