import { allow, customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { progressNow } from '../../money/accounts/build-balance.ts';
import { choiceOf, choosePlace } from '../../money/accounts/own-places.ts';
import { confirmedOnly, type Place } from '../../money/accounts/places.ts';
import type { RuleTotal } from '../../money/accounts/root.ts';
import { type Business, businessAt } from '../../money/business/business.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { accountCurrency } from '../../people/customers/account-currency.ts';
import { figuresOf } from './figures.ts';
import { listLate } from './list-late.ts';
import { briefOf } from './order-summary.ts';
import type { Overview, OwnOverview, Progress } from './overview-types.ts';
import { listLatestOrdersOfDepartments, listOverviews } from './queries.ts';
import { voucherView } from './voucher-view.ts';

/**
 * Where the signed-in customer stands: what they have, how far the next target is, what they bought last, which orders
 * are late. Of the account named, or of the first that ever bought something; late orders without a name are of all.
 * @throws {AppError} `not_found` for an account that is not theirs
 */
export async function getOverview(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<OwnOverview> {
  const places = await listOverviews(ctx.db, {
    ...{ reader: 'own', customerId: customerIdOf(ctx), now: ctx.now() },
  });
  const [overview, late] = await Promise.all([
    overviewOf(ctx, confirmedOnly(places), { accountId, seesCodes: false }),
    places.some(({ awaits }) => awaits) ? listLate(ctx, { accountId }) : [],
  ]);
  return { ...overview, late };
}

/**
 * The same for staff, of any account that the customer belongs to or has only ordered for.
 * @throws {AppError} `not_found`
 */
export async function getOverviewForStaff(
  ctx: Context,
  { customerId, accountId }: { customerId: string; accountId: string | null },
): Promise<Overview> {
  allow(ctx.actor, 'customers:read');
  const places = await listOverviews(ctx.db, { reader: 'staff', customerId, now: ctx.now() });
  return overviewOf(ctx, places, { accountId, seesCodes: true });
}

async function overviewOf(
  ctx: Context,
  places: Awaited<ReturnType<typeof listOverviews>>,
  { accountId, seesCodes }: { accountId: string | null; seesCodes: boolean },
): Promise<Overview> {
  const now = ctx.now();
  const place = await choosePlace(ctx, places, accountId);
  const { totals, lots, vouchers } = place;
  const [business, orders] = await Promise.all([businessAt(ctx, place.stamp), listLatest(ctx, place)]);
  const currency = accountCurrency(business, place.spend);
  return {
    account: choiceOf(place),
    mayRedeem: place.mayRedeem,
    accounts: places.map(choiceOf),
    currency,
    ...figuresOf({ place, currency, totals, lots }, business, now),
    progress: progressViews({ place, totals, currency }, business, now),
    latestOrders: orders.map(briefOf),
    vouchers:
      place.departments === null
        ? vouchers.map((row) => voucherView(row, now, seesCodes || place.mayRedeem))
        : [],
  };
}

async function listLatest({ db }: Context, place: Awaited<ReturnType<typeof listOverviews>>[number]) {
  const { rootId, departments, latestOrders } = place;
  if (departments === null) return latestOrders;
  return listLatestOrdersOfDepartments(db, { rootId, departments: JSON.stringify(departments) });
}

function progressViews(
  account: { place: Place; totals: ReadonlyMap<string, RuleTotal>; currency: string },
  business: Business,
  now: number,
): Progress[] {
  const { place, totals, currency } = account;
  const amount = (minor: bigint) => ({ minor, currency });
  return progressNow({ root: place, totals }, business, now).flatMap((one): Progress[] => {
    const rule = business.compiled?.versionByKey.get(versionKey(one.ruleId, one.version))?.rule;
    if (rule === undefined) return [];
    const { nextTarget, missing, pays } = one;
    return [
      {
        ruleId: one.ruleId,
        ruleName: one.ruleName,
        period: { kind: rule.period, ...one.period },
        spend: amount(one.spend),
        next:
          nextTarget === null || missing === null || pays === null
            ? null
            : { spend: amount(nextTarget), missing: amount(missing), pays: amount(pays) },
        reached: amount(one.reached),
        scheme: rule.scheme,
      },
    ];
  });
}
