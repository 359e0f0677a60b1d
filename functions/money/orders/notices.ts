import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { OpenVoucher } from '../accounts/book-postings.ts';
import type { AccountPlan } from '../accounts/plan-change.ts';
import type { Business } from '../business/business.ts';
import { versionKey } from '../rewards/compile.ts';
import type { RuleName } from '../rewards/rule-name.ts';
import type { Order, OrderEvent } from './order.ts';
import type { OrderState } from './order-state.ts';

/** News is told while it is news: what is older, such as an import of past years, is only recorded. */
const NEWS_MS = 7 * DAY_MS;

/** How many lines of an order a mail shows. */
const LINES_MAX = 10;

type Teller = Pick<Context, 'now'>;

/** States worth a mail; the others are read in the portal. */
const toldStatuses: readonly string[] = [
  'shipped',
  'out_for_delivery',
  'ready_for_pickup',
  'delivered',
  'delivery_failed',
  'delayed',
  'cancelled',
];

interface Reader {
  customerId: string;
  /** Nothing about orders is sent before the email was proven. */
  isClaimed: boolean;
}

/** "We have your order": told to a claimed customer. */
export function tellPlaced(ctx: Teller, order: Order, state: OrderState, reader: Reader): Mail[] {
  if (!reader.isClaimed || isOld(order.placedAt.at, ctx.now())) return [];
  const { source, number, placedAt, promisedBy, currency } = order;
  const minor = state.totalMinor - state.discountMinor + (order.shippingMinor ?? 0n) + (order.taxMinor ?? 0n);
  const lines = order.lines.slice(0, LINES_MAX).map((line) => ({
    name: line.product ?? line.sku ?? line.lineId,
    quantity: line.quantityMilli / 1000,
    amount: { minor: line.totalMinor - line.discountMinor, currency },
  }));
  const more = order.lines.length - lines.length;
  const params = { source, number, placedAt, promisedBy, total: { minor, currency }, lines, more };
  return [{ template: 'order_placed', params, customerId: reader.customerId }];
}

/** A state the customer waits for or has to know. */
export function tellEvents(ctx: Teller, order: Order, events: readonly OrderEvent[], reader: Reader): Mail[] {
  if (!reader.isClaimed) return [];
  return events
    .filter(({ status, at }) => toldStatuses.includes(status) && !isOld(at.at, ctx.now()))
    .map(({ status, at, carrier, trackingNumber }) => {
      const { source, number } = order;
      const params = { source, number, status, at, carrier, trackingNumber };
      return { template: 'order_state', params, customerId: reader.customerId };
    });
}

/** A target was reached: told to whoever's order did it, also before they have signed in for the first time. */
export function tellRewards(
  ctx: Teller,
  plan: AccountPlan,
  business: Business,
  readerOf: (order: { source: string; number: string }) => string | null,
): Mail[] {
  const currency = business.currency ?? '';
  const issued = [...plan.issued];
  return plan.entries.flatMap((entry): Mail[] => {
    if (entry.kind !== 'earn' || entry.order === null || isOld(entry.effectiveAt, ctx.now())) return [];
    const customerId = readerOf(entry.order);
    const version = business.compiled?.versionByKey.get(versionKey(entry.ruleId ?? '', entry.version ?? 0));
    if (customerId === null || version === undefined) return [];
    const ruleName = version.rule.name;
    const paid = issued.findIndex((one) => one.ruleId === entry.ruleId && one.version === entry.version);
    const [voucher] = paid === -1 ? [] : issued.splice(paid, 1);
    if (voucher !== undefined) return [tellVoucher(voucher, { customerId, ruleName })];
    const { balanceMinor } = plan.root;
    const params = {
      ruleName,
      spend: { minor: entry.spendAfter ?? 0n, currency },
      pays: { minor: entry.amount, currency },
      by: version.rule.scheme.kind === 'bands' ? ('share' as const) : ('target' as const),
      number: entry.order.number,
      balance: balanceMinor > 0n ? { minor: balanceMinor, currency } : null,
      expiresAt: entry.expiresAt,
    };
    return [{ template: 'target_reached', params, customerId }];
  });
}

/** A voucher with its code: paid by a rule, or bought with credit. */
export function tellVoucher(
  voucher: Pick<
    OpenVoucher,
    'code' | 'accountId' | 'amountMinor' | 'minimumMinor' | 'currency' | 'expiresAt'
  >,
  { customerId, ruleName }: { customerId: string; ruleName: RuleName | null },
): Mail {
  const { code, accountId, amountMinor, minimumMinor, currency, expiresAt } = voucher;
  const params = {
    code,
    rootId: accountId,
    ruleName,
    amount: { minor: amountMinor, currency },
    minimum: minimumMinor > 0n ? { minor: minimumMinor, currency } : null,
    expiresAt,
  };
  return { template: 'voucher_issued', params, customerId };
}

function isOld(at: number, now: number): boolean {
  return at < now - NEWS_MS;
}
