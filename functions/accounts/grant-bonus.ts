import { insertInto } from '../../db/query.ts';
import { bonuses, bonusReversals } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { actorName, type Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { applyEntries } from '../rewards/lots.ts';
import { type BonusCause, findOpenBonus, type OpenBonus } from './bonus-queries.ts';
import { changeLedger, type LedgerState } from './change-ledger.ts';

const insertBonus = insertInto(bonuses);
const insertBonusReversal = insertInto(bonusReversals);

export interface Bonus {
  id: string;
  amount: bigint;
  currency: string;
}

interface Told {
  rootId: string;
  cause: BonusCause;
  /** What is written in the same batch, told the bonus: the cause's own rows, mail. */
  alongside?: (bonus: Bonus) => readonly Statement[];
}

/**
 * Pays a cause's bonus into a root account, in minor units of the business currency; one atomic write. While one of the
 * same cause stands nothing is written and null is answered, so asking again is harmless.
 * @throws {AppError} `not_found`, `currency_not_set`, `unavailable`
 */
export async function grantBonus(
  ctx: Context,
  { rootId, cause, amount, alongside }: Told & { amount: bigint },
): Promise<Bonus | null> {
  if (amount <= 0n) throw new RangeError('A bonus must be of more than nothing.');
  return await unlessSettled(ctx, rootId, async (state) => {
    const [standing] = await findOpenBonus(ctx.db.fresh, { rootId, ...cause });
    if (standing !== undefined) return null;
    const { book, business, currency, now } = state;
    const id = newId();
    const debtPolicy = business.compiled?.debt ?? 'carry';
    const change = applyEntries(book, [{ kind: 'bonus', amount, effectiveAt: now, cause: id }], {
      debtPolicy,
      now,
    });
    const entrySeq = seqOf(change.entries, 'bonus', id);
    const bonus = { id, amount, currency };
    const row = {
      id,
      accountId: rootId,
      causeKind: cause.kind,
      causeId: cause.id,
      amountMinor: amount,
      currency,
      entrySeq,
      at: now,
      actor: actorName(ctx.actor),
    };
    return {
      change,
      history: historyOf('bonus_granted', cause, amount),
      statements: () => [insertBonus(row), ...(alongside?.(bonus) ?? [])],
      result: () => bonus,
    };
  });
}

/**
 * Takes back the bonus of a cause, whole: first what is left of it, then from the rest of the balance, then as debt. Null
 * when none stands.
 * @throws {AppError} `not_found`, `currency_not_set`, `unavailable`
 */
export async function reverseBonus(
  ctx: Context,
  { rootId, cause, reason, alongside }: Told & { reason: string },
): Promise<Bonus | null> {
  return await unlessSettled(ctx, rootId, async (state) => {
    const [standing] = await findOpenBonus(ctx.db.fresh, { rootId, ...cause });
    if (standing === undefined) return null;
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
      statements: () => [insertBonusReversal(row), ...(alongside?.(bonus) ?? [])],
      result: () => bonus,
    };
  });
}

type Decision = Awaited<ReturnType<Parameters<typeof changeLedger<Bonus>>[2]>>;

/** A decision that finds nothing to do leaves the ledger as it is. */
async function unlessSettled(
  ctx: Context,
  rootId: string,
  decide: (state: LedgerState) => Promise<Decision | null>,
): Promise<Bonus | null> {
  try {
    return await changeLedger(ctx, rootId, async (state) => {
      const decision = await decide(state);
      if (decision === null) throw new NothingToDo();
      return decision;
    });
  } catch (error) {
    if (error instanceof NothingToDo) return null;
    throw error;
  }
}

class NothingToDo extends Error {}

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

const historyOf = (kind: string, cause: BonusCause, amount: bigint) => ({
  kind,
  orderId: null,
  detail: { cause: cause.kind, id: cause.id, amount },
});
