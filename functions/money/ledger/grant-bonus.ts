import { insertInto } from '../../../db/query.ts';
import { bonuses, bonusReversals } from '../../../db/schema/index.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import type { HistoryKind } from '../../ground/history/history-kind.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { applyEntries } from '../rewards/lots.ts';
import type { BonusCause } from './bonus.ts';
import { changeLedger, type LedgerState } from './change-ledger.ts';
import { findOpenBonus, type OpenBonus } from './find-open-bonus.ts';

const insertBonus = insertInto(bonuses);
const insertBonusReversal = insertInto(bonusReversals);

export interface Bonus {
  id: string;
  amount: bigint;
  currency: string;
}

interface BonusOccasion {
  /** A root account. */
  rootId: string;
  cause: BonusCause;
  /** What the cause decides in the same write. */
  also?: Decision;
}

/**
 * Pays a cause's bonus into a root account, in minor units of the business currency; one atomic write. While one of the
 * same cause stands nothing is written and null is answered, so asking again is harmless.
 * @throws {AppError} `not_found`, `currency_not_set`, `unavailable`
 */
export async function grantBonus(
  ctx: Context,
  { rootId, cause, amount, also = {} }: BonusOccasion & { amount: bigint },
): Promise<Bonus | null> {
  if (amount <= 0n) throw new RangeError('A bonus must be of more than nothing.');
  return changeLedger(ctx, rootId, async (state) => {
    const [standing] = await findOpenBonus(ctx.db.fresh, { rootId, ...cause });
    if (standing !== undefined) return { ...unchanged, result: null };
    const { change, history, row, bonus } = planBonus(ctx, state, { rootId, cause, amount });
    return { change, history, after: () => ({ rows: [row], also: [also], result: bonus }) };
  });
}

/** Whether a bonus of a cause stands. */
export async function hasBonus(
  ctx: Pick<Context, 'db'>,
  { rootId, cause }: Pick<BonusOccasion, 'rootId' | 'cause'>,
): Promise<boolean> {
  const [standing] = await findOpenBonus(ctx.db.fresh, { rootId, ...cause });
  return standing !== undefined;
}

/** What a cause's bonus does to an account on which nothing of the cause stands; it lasts for ever unless `expiresAt` says until when. */
export function planBonus(
  ctx: Pick<Context, 'actor'>,
  { book, business, currency, now }: Pick<LedgerState, 'book' | 'business' | 'currency' | 'now'>,
  {
    rootId,
    cause,
    amount,
    expiresAt = null,
  }: Omit<BonusOccasion, 'also'> & { amount: bigint; expiresAt?: number | null },
) {
  const id = newId();
  const debtPolicy = business.compiled?.debt ?? 'carry';
  const draft = { kind: 'bonus', amount, effectiveAt: now, cause: id, expiresAt } as const;
  const change = applyEntries(book, [draft], { debtPolicy, now });
  const entrySeq = seqOf(change.entries, 'bonus', id);
  const row = insertBonus({
    id,
    accountId: rootId,
    causeKind: cause.kind,
    causeId: cause.id,
    amountMinor: amount,
    currency,
    entrySeq,
    at: now,
    actor: actorName(ctx.actor),
  });
  const bonus: Bonus = { id, amount, currency };
  return { change, entrySeq, row, bonus, history: historyOf('bonus_granted', cause, amount) };
}

/**
 * Takes back the bonus of a cause, whole: first what is left of it, then from the rest of the balance, then as debt. Null
 * when none stands.
 * @throws {AppError} `not_found`, `currency_not_set`, `unavailable`
 */
export async function reverseBonus(
  ctx: Context,
  { rootId, cause, reason, also = {} }: BonusOccasion & { reason: string },
): Promise<Bonus | null> {
  return changeLedger(ctx, rootId, async (state) => {
    const [standing] = await findOpenBonus(ctx.db.fresh, { rootId, ...cause });
    if (standing === undefined) return { ...unchanged, result: null };
    const { now } = state;
    const change = takenBack(state, standing);
    const bonus = { id: standing.id, amount: standing.amountMinor, currency: standing.currency };
    const row = {
      bonusId: standing.id,
      accountId: rootId,
      entrySeq: seqOf(change.entries, 'bonus_reversal', standing.id),
      reason,
      at: now,
      actor: actorName(ctx.actor),
    };
    return {
      change,
      history: historyOf('bonus_reversed', cause, -standing.amountMinor),
      after: () => ({ rows: [insertBonusReversal(row)], also: [also], result: bonus }),
    };
  });
}

function takenBack({ book, business, now }: LedgerState, bonus: OpenBonus) {
  const draft = {
    kind: 'bonus_reversal',
    amount: -bonus.amountMinor,
    effectiveAt: now,
    cause: bonus.id,
    causeSeq: bonus.entrySeq,
  } as const;
  return applyEntries(book, [draft], { debtPolicy: business.compiled?.debt ?? 'carry', now });
}

function seqOf(
  entries: readonly { kind: string; cause: string | null; seq: number }[],
  kind: string,
  id: string,
) {
  return entries.find((entry) => entry.kind === kind && entry.cause === id)?.seq ?? 0;
}

const historyOf = (kind: HistoryKind, cause: BonusCause, amount: bigint) => ({
  kind,
  orderId: null,
  detail: { cause: cause.kind, id: cause.id, amount },
});
