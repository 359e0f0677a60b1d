import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { insertInto, query } from '../../../db/query.ts';
import { accounts, adjustments, customers } from '../../../db/schema/index.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { knownEmail } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { applyEntries, type BookChange, redeem } from '../rewards/lots.ts';
import { adjustmentErrors } from './adjustment-errors.ts';
import { changeLedger, type LedgerState } from './change-ledger.ts';

const insertAdjustment = insertInto(adjustments);

export interface AdjustInput {
  /** A customer's email for their own account, a company's or household's name, or an account's id. */
  account: string;
  /** Signed minor units of the business currency, not 0. */
  amount: bigint;
  reason: string;
}

export interface Adjusted {
  id: string;
  accountId: string;
  amount: bigint;
  currency: string;
  /** The running sum after it; below zero while a debt is open. */
  balance: bigint;
}

/**
 * Gives an account goodwill, or takes credit away by hand, with the reason written down; one atomic write. A positive
 * amount settles an open debt first and never expires; a negative one takes no more than is available. What `also`
 * decides is written in the same batch; it is asked again with every try.
 * @throws {AppError} `not_found`, `validation_failed`, `insufficient_balance`, `currency_not_set`
 */
export async function adjust(
  ctx: Context,
  { account, amount, reason }: AdjustInput,
  options: { also?: (adjustmentId: string) => Promise<readonly Decision[]> } = {},
): Promise<Adjusted> {
  allow(ctx.actor, 'redemptions:write');
  refuseFields(adjustmentErrors({ amount, reason }));
  const text = reason.trim();
  const rootId = await findRoot(ctx, account);
  return changeLedger(ctx, rootId, async (state) => {
    const id = newId();
    const also = (await options.also?.(id)) ?? [];
    const change = amount > 0n ? give(state, { id, amount }) : take(state, { id, amount: -amount });
    const entrySeq = change.entries.find(({ cause }) => cause === id)?.seq ?? 0;
    const row = { id, accountId: rootId, entrySeq, reason: text, at: state.now, actor: actorName(ctx.actor) };
    return {
      change,
      history: { kind: 'adjusted', orderId: null, detail: { adjustment: id, amount } },
      after: ({ root }) => ({
        rows: [insertAdjustment(row)],
        also,
        result: { id, accountId: rootId, amount, currency: state.currency, balance: root.balanceMinor },
      }),
    };
  });
}

function give(
  { book, business, now }: LedgerState,
  { id, amount }: { id: string; amount: bigint },
): BookChange {
  const debtPolicy = business.compiled?.debt ?? 'carry';
  return applyEntries(book, [{ kind: 'adjust', amount, effectiveAt: now, cause: id }], { debtPolicy, now });
}

function take(
  { book, currency, now }: LedgerState,
  { id, amount }: { id: string; amount: bigint },
): BookChange {
  const taken = redeem(book, { amount, now, kind: 'adjust', cause: id });
  if (taken.ok) return taken;
  const money = (minor: bigint) => `${formatDecimal(minor, currencyExponent(currency) ?? 2)} ${currency}`;
  throw new AppError(
    'insufficient_balance',
    `Only ${money(taken.available)} are available; ${money(amount)} cannot be taken.`,
  );
}

const findAccount = query((db) =>
  db
    .select({ rootId: accounts.rootId })
    .from(accounts)
    .leftJoin(customers, eq(customers.id, accounts.ownerId))
    .where(
      and(
        isNull(accounts.withdrawnAt),
        or(
          eq(accounts.id, sql.placeholder('text')),
          and(eq(accounts.kind, 'shared'), eq(accounts.name, sql.placeholder('text'))),
          eq(customers.email, sql.placeholder('email')),
        ),
      ),
    )
    .limit(2),
);

async function findRoot(ctx: Context, account: string): Promise<string> {
  const text = account.trim();
  const found = await findAccount(ctx.db.fresh, { text, email: knownEmail(text) ?? '' });
  const [root] = found;
  if (root === undefined) {
    throw new AppError('not_found', `There is no account "${text}": name an email, an account or an id.`);
  }
  if (found.length > 1)
    throw new AppError('account_required', `Several accounts are "${text}"; name its id.`);
  return root.rootId;
}
