import { insertInto } from '../../../db/query.ts';
import { redemptions, voucherUses } from '../../../db/schema/index.ts';
import type { OtherHistory } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { takenText } from '../accounts/book-postings.ts';
import type { Spending } from '../accounts/commit-accounts.ts';
import { listPlaces } from '../accounts/places.ts';
import type { Root } from '../accounts/root.ts';
import type { Business } from '../business/business.ts';
import type { OrderPayment } from '../orders/plan-order.ts';
import { type LotBook, redeem as redeemFrom } from '../rewards/lots.ts';
import { loadVoucher, type Voucher } from './get-voucher.ts';
import { assertUsable, assertWorth } from './use-voucher.ts';
import { isMinimumWaived } from './waivers.ts';

const insertRedemption = insertInto(redemptions);
const insertUse = insertInto(voucherUses);

/** What of an order vouchers and credit pay, minor units; `netMinor` is what its goods cost after discounts. */
export interface PaidOrder {
  source: string;
  number: string;
  currency: string;
  netMinor: bigint;
  vouchers: readonly { code: string; amountMinor: bigint }[];
  creditMinor: bigint;
}

/**
 * Pays a new order by vouchers and credit of the account it belongs to, in the order's own write: all of it, or the order
 * is refused as well. What the order earns itself cannot pay for it.
 * @returns null when nothing is to be paid so
 * @throws {AppError} `insufficient_balance`, `voucher_used`, `voucher_expired`, `voucher_cancelled`, `not_found` for a
 *   voucher of another account, `forbidden` for who may not spend the balance, `validation_failed`
 */
export function payOrder(order: PaidOrder): OrderPayment | null {
  const { vouchers, creditMinor } = order;
  const paidMinor = vouchers.reduce((sum, { amountMinor }) => sum + amountMinor, creditMinor);
  if (paidMinor === 0n) return null;
  if (new Set(vouchers.map(({ code }) => code)).size < vouchers.length)
    throw wrongField('vouchers', 'duplicate', 'names a voucher twice');
  if (paidMinor > order.netMinor)
    throw wrongField('credit', 'too_big', 'is more than is left to pay of the order');
  return {
    paidMinor,
    prepare: async (ctx, { root, business, customerId }) => {
      allow(ctx.actor, 'redemptions:write');
      await assertMaySpend(ctx, root, customerId);
      const uses = await loadUses(ctx, root, order);
      if (creditMinor > 0n && order.currency !== business.currency)
        throw wrongField('currency', 'other_currency', 'has to be the currency of the programme');
      return (book) => spend(ctx, { root, customerId, book, order, uses, business });
    },
  };
}

async function assertMaySpend(ctx: Context, root: Root, customerId: string): Promise<void> {
  const places = await listPlaces(ctx.db.fresh, customerId);
  const place = places.find(({ rootId }) => rootId === root.id);
  if (place !== undefined && !place.mayRedeem)
    throw new AppError('forbidden', 'This member of the account may not spend its balance.');
}

type Use = Voucher & { paidMinor: bigint };

async function loadUses(ctx: Context, root: Root, order: PaidOrder): Promise<Use[]> {
  const { currency, netMinor } = order;
  const uses = await Promise.all(
    order.vouchers.map(async ({ code, amountMinor }) => {
      const voucher = await loadVoucher(ctx, code);
      if (voucher.rootId !== root.id) throw new AppError('not_found', 'This account has no such voucher.');
      assertUsable(voucher, { amount: amountMinor, currency }, ctx.now());
      return { ...voucher, paidMinor: amountMinor };
    }),
  );
  const short = uses.filter((voucher) => netMinor < voucher.minimumMinor);
  const [first] = short;
  if (first !== undefined && !(await isMinimumWaived(ctx, root))) assertWorth({ netMinor, currency }, first);
  return uses;
}

interface Paying {
  root: Root;
  customerId: string;
  book: LotBook;
  order: PaidOrder;
  uses: readonly Use[];
  business: Business;
}

function spend(ctx: Context, about: Paying): Spending {
  const { root, book, order, uses } = about;
  const { source, number, creditMinor } = order;
  const [at, actor] = [ctx.now(), actorName(ctx.actor)];
  const named = { orderSource: source, orderNumber: number };
  const used = uses.map(({ code, accountId, paidMinor }) => ({
    row: insertUse({ code, accountId, ...named, amountMinor: paidMinor, at, actor }),
    history: historyOf(root, 'voucher_used', { code, source, number, amount: paidMinor }),
  }));
  const spending: Spending = {
    change: { book, entries: [], lots: [] },
    decision: { rows: used.map(({ row }) => row), histories: used.map(({ history }) => history) },
  };
  return creditMinor === 0n ? spending : withCredit(ctx, about, spending);
}

/** The same with credit taken as well. @throws {AppError} `insufficient_balance` */
function withCredit(
  ctx: Context,
  { root, customerId, book, order, business }: Paying,
  { decision: { rows = [], histories = [] } }: Spending,
): Spending {
  const { source, number, currency, creditMinor } = order;
  const id = newId();
  const at = ctx.now();
  const spent = redeemFrom(book, { amount: creditMinor, now: at, cause: id });
  if (!spent.ok) {
    throw new AppError(
      'insufficient_balance',
      `${spent.available} minor units of ${business.currency} are available, ${creditMinor} were asked for.`,
    );
  }
  const row = insertRedemption({
    id,
    accountId: root.id,
    customerId,
    kind: 'till',
    amountMinor: creditMinor,
    currency,
    reference: number,
    entrySeq: spent.entry.seq,
    taken: takenText(spent.taken),
    voucherCode: null,
    orderSource: source,
    orderNumber: number,
    at,
    actor: actorName(ctx.actor),
  });
  const history = historyOf(root, 'redeemed', { redemption: id, kind: 'till', amount: creditMinor });
  return { change: spent, decision: { rows: [row, ...rows], histories: [history, ...histories] } };
}

const historyOf = (
  { id: rootId }: Root,
  kind: 'redeemed' | 'voucher_used',
  detail: Record<string, unknown>,
): OtherHistory => ({ rootId, kind, detail });
