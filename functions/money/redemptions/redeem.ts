import { insertInto } from '../../../db/query.ts';
import { redemptions, vouchers } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newCode, newId } from '../../ground/platform/ids.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { takenText } from '../accounts/book-postings.ts';
import { buildBalance } from '../accounts/build-balance.ts';
import { listAccounts } from '../accounts/list-accounts.ts';
import { listPlaces, resolveRoot } from '../accounts/places.ts';
import type { AccountPlan } from '../accounts/plan-change.ts';
import { changeLedger, type LedgerDecision, type LedgerState } from '../ledger/change-ledger.ts';
import { assertNoDoubt } from '../ledger/doubts.ts';
import { tellVoucher } from '../orders/notices.ts';
import { redeem as redeemFrom } from '../rewards/lots.ts';
import type { RedemptionAnswer } from './answer.ts';
import { changesCounts, markPaidRoot, recountPaid } from './paid-order.ts';
import { findPaidOrder, findSpend } from './queries.ts';
import type { RedeemInput } from './schema.ts';
import { voucherTerms } from './voucher-terms.ts';

const insertRedemption = insertInto(redemptions);
const insertVoucher = insertInto(vouchers);

/**
 * Spends balance at the till, as a voucher, as a donation or as a payout request, in one atomic write; never more than
 * is available at its time. A customer may turn their own balance into a voucher or a donation. At the till it may name
 * the order it pays; rules that count money alone then count that order less.
 * @throws {AppError} `insufficient_balance`, `account_in_doubt` (a payout), `account_required`, `not_found`,
 * `validation_failed` (another currency)
 */
export async function redeem(
  ctx: Context,
  input: RedeemInput,
  options: Alongside<RedemptionAnswer> = {},
): Promise<RedemptionAnswer> {
  await assertMay(ctx, input);
  const rootId = await findRoot(ctx, input);
  const paid = input.order ?? null;
  const [order] = paid === null ? [] : await findPaidOrder(ctx.db.fresh, { ...paid });
  let isStale = false;
  const answer = await changeLedger(ctx, rootId, async (state) => {
    isStale = paid !== null && changesCounts(state.business);
    if (input.kind === 'payout') await assertNoDoubt(ctx.db.fresh, rootId);
    const [[spend]] = await Promise.all([
      findSpend(ctx.db.fresh, { rootId, currency: state.currency }),
      assertMayRedeem(ctx, { customerId: input.customerId, rootId }),
    ]);
    const decision = decide({ ctx, input, state, spendMinor: spend?.spendMinor ?? 0n, options });
    if (!isStale) return decision;
    const also = [{ rows: markPaidRoot(order?.rootId, rootId) }];
    return { ...decision, isStale, after: (plan) => ({ ...decision.after(plan), also }) };
  });
  if (isStale) await recountPaid(ctx, [rootId, order?.rootId ?? rootId]);
  return answer;
}

async function findRoot(ctx: Context, { customerId, accountId }: RedeemInput): Promise<string> {
  if (customerId !== null) return resolveRoot(ctx.db.fresh, customerId, accountId);
  const [account] = await listAccounts(ctx.db.fresh, { ids: JSON.stringify([accountId]) });
  if (account === undefined) throw new AppError('not_found', 'There is no such account.');
  return account.rootId;
}

async function assertMay(ctx: Context, input: RedeemInput): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'customer') return allow(actor, 'redemptions:write');
  if (input.customerId !== actor.id) throw new AppError('not_found', 'There is no such account.');
  if (input.kind !== 'voucher' && input.kind !== 'donation') {
    throw new AppError('forbidden', 'At the till and for payouts, ask the staff.');
  }
}

/** Who of a company or household may spend is the account's own word; it holds at the till as well. */
async function assertMayRedeem(
  ctx: Context,
  { customerId, rootId }: { customerId: string | null; rootId: string },
): Promise<void> {
  if (customerId === null) return;
  const places = await listPlaces(ctx.db.fresh, customerId);
  const place = places.find((one) => one.rootId === rootId);
  if (place === undefined) throw new AppError('not_found', 'There is no such account.');
  if (!place.mayRedeem)
    throw new AppError('forbidden', 'This member of the account may not spend its balance.');
}

function decide(about: {
  ctx: Context;
  input: RedeemInput;
  state: LedgerState;
  spendMinor: bigint;
  options: Alongside<RedemptionAnswer>;
}): LedgerDecision<RedemptionAnswer> {
  const { ctx, input, state, options } = about;
  const { now, currency } = state;
  if (input.currency !== currency) {
    throw wrongField(
      'amount.currency',
      'other_currency',
      `has to be ${currency}, the currency of the programme`,
    );
  }
  const id = newId();
  const spent = redeemFrom(state.book, { amount: input.amount, now, cause: id });
  if (!spent.ok) {
    throw new AppError(
      'insufficient_balance',
      `${spent.available} minor units of ${currency} are available, ${input.amount} were asked for.`,
    );
  }
  const redemption: Redemption = {
    id,
    input,
    state,
    spent,
    voucher:
      input.kind === 'voucher'
        ? { code: newCode(3), ...voucherTerms(spent.taken, state.book.lots, now) }
        : null,
  };
  return {
    change: spent,
    history: {
      kind: 'redeemed',
      orderId: null,
      detail: { redemption: id, kind: input.kind, amount: input.amount },
    },
    after: (plan) => {
      const answer = toAnswer(redemption, plan, about.spendMinor);
      const { rows, letters } = issueVoucher(redemption);
      return {
        rows: [redemptionRow(ctx, redemption), ...rows],
        letters,
        beside: options.alongside?.(answer, 201) ?? [],
        result: answer,
      };
    },
  };
}

/** Balance that is being spent. */
interface Redemption {
  id: string;
  input: RedeemInput;
  state: LedgerState;
  spent: Extract<ReturnType<typeof redeemFrom>, { ok: true }>;
  /** What it is spent on, unless it is spent at once. */
  voucher: ({ code: string } & ReturnType<typeof voucherTerms>) | null;
}

function toAnswer(
  { id, input, state, spent, voucher }: Redemption,
  { root }: AccountPlan,
  spendMinor: bigint,
): RedemptionAnswer {
  const { now, currency, totals } = state;
  const amount = toMoneyJson(input.amount, currency);
  return {
    id,
    kind: input.kind,
    amount,
    at: instantText(now),
    voucher:
      voucher === null
        ? null
        : {
            code: voucher.code,
            amount,
            expiresAt: voucher.expiresAt === null ? null : instantText(voucher.expiresAt),
            returns: voucher.returnsMinor === 0n ? null : toMoneyJson(voucher.returnsMinor, currency),
          },
    balance: buildBalance({ root, currency, spendMinor, totals, lots: spent.book.lots }, state.business, now),
  };
}

function redemptionRow(ctx: Context, { id, input, state, spent, voucher }: Redemption): Statement {
  return insertRedemption({
    id,
    accountId: state.root.id,
    customerId: input.customerId,
    kind: input.kind,
    amountMinor: input.amount,
    currency: state.currency,
    reference: input.reference,
    entrySeq: spent.entry.seq,
    taken: takenText(spent.taken),
    voucherCode: voucher?.code ?? null,
    orderSource: input.order?.source ?? null,
    orderNumber: input.order?.number ?? null,
    at: state.now,
    actor: actorName(ctx.actor),
  });
}

/** The voucher that was bought, and the mail that tells whose it is. */
function issueVoucher({ id, input, state, spent, voucher }: Redemption) {
  if (voucher === null) return { rows: [], letters: [] };
  const issued = {
    ...voucher,
    accountId: state.root.id,
    entrySeq: spent.entry.seq,
    taken: takenText(spent.taken),
    redemptionId: id,
    amountMinor: input.amount,
    minimumMinor: 0n,
    currency: state.currency,
    issuedAt: state.now,
  };
  const { customerId } = input;
  const letters = customerId === null ? [] : [tellVoucher(issued, { customerId, ruleName: null })];
  return { rows: [insertVoucher(issued)], letters };
}
