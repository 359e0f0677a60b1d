import { dayOf } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { type OpenLot, openLots, pendingSum } from '../../money/accounts/build-balance.ts';
import type { Place } from '../../money/accounts/places.ts';
import type { RuleTotal } from '../../money/accounts/root.ts';
import type { Business } from '../../money/business/business.ts';
import { accountCurrency } from '../../people/customers/account-currency.ts';
import { listSpend } from '../../people/customers/list-figures.ts';
import type { ExpiringLot } from './statement-types.ts';

/** How long before its end a customer is told that something lapses. */
const SOON_MS = 60 * DAY_MS;

/** The figures on top of a customer's pages. */
export interface Figures {
  available: Amount;
  pending: Amount;
  debt: Amount;
  /** Soonest first, one a day. */
  expiringSoon: ExpiringLot[];
}

export function figuresOf(
  account: {
    place: Pick<Place, 'balanceMinor'>;
    currency: string;
    totals: ReadonlyMap<string, RuleTotal>;
    lots: readonly OpenLot[];
  },
  business: Business,
  now: number,
): Figures {
  const { currency, totals } = account;
  const { balanceMinor } = account.place;
  const open = openLots(account.lots, now);
  const amount = (minor: bigint): Amount => ({ minor, currency });
  return {
    available: amount(open.reduce((sum, { remaining }) => sum + remaining, 0n)),
    pending: amount(pendingSum(totals, business)),
    debt: amount(balanceMinor < 0n ? -balanceMinor : 0n),
    expiringSoon: expiringSoon(open, business, now).map(({ expiresAt, remaining }) => ({
      expiresAt,
      remaining: amount(remaining),
    })),
  };
}

/** What something's end is called to people: the last moment at which it still counts. */
export function lastMoment(expiresAt: number | null): number | null {
  return expiresAt === null ? null : expiresAt - 1;
}

/** The currency of an account's figures; asks the database only while the business has none. */
export async function currencyOf(ctx: Context, business: Business, rootId: string): Promise<string> {
  if (business.currency !== null) return business.currency;
  return accountCurrency(business, await listSpend(ctx.db, { rootId }));
}

/** People are told days: what lapses on one day of the business is one sum, told by its first moment. */
function expiringSoon(
  open: readonly OpenLot[],
  { timeZone }: Pick<Business, 'timeZone'>,
  now: number,
): { expiresAt: number; remaining: bigint }[] {
  const byDay = new Map<string, { expiresAt: number; remaining: bigint }>();
  for (const { expiresAt, remaining } of open) {
    if (expiresAt === null || expiresAt > now + SOON_MS) continue;
    const last = expiresAt - 1;
    const day = dayOf(last, timeZone);
    const sum = byDay.get(day) ?? { expiresAt: last, remaining: 0n };
    byDay.set(day, { ...sum, remaining: sum.remaining + remaining });
  }
  return [...byDay.values()];
}
