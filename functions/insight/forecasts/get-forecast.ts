import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { currencyExponent } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type BuyingAccount, findBuyer, listDepartments } from '../facts/list-buyers.ts';
import { listFirstCategories } from '../facts/list-first-categories.ts';
import { type KeptBusiness, readFits } from './kept/fits.ts';
import { listNewestFits } from './runs/queries.ts';
import { YEAR_AHEAD } from './served/prospect.ts';
import {
  type AheadOf,
  type ForecastTelling,
  type KnownOfAccount,
  knownOf,
  type NextDays,
  type SpendAhead,
  tellAccount,
  tellPart,
} from './tell-account.ts';

/** Why nothing is said of an account: nothing was bought yet, nothing was fitted yet, or too little is known of the business. */
export type NotTold = 'no_orders' | 'not_made_yet' | 'few_accounts' | 'short_history';

/** What is to be expected of a root account from today on. */
export interface AccountForecast {
  accountId: string;
  /** The business day that it is as of: today. */
  asOf: string;
  cannotTell: NotTold | null;
  /** Which model serves, or the pool of all. */
  served: string | null;
  /** How many accounts there are to learn from, and for how long. */
  business: { accounts: number; historyDays: number } | null;
  /** All that the models know of the account; null before its first purchase day. */
  known: KnownOfAccount | null;
  /** That it still buys now and then; a share. */
  alive: { chance: number; low: number; high: number } | null;
  ahead: AheadOf[];
  next: NextDays | null;
  currency: string | null;
  /** What each department is expected to spend in the next 365 days, as if it stood alone; those that bought anything. */
  departments: { id: string; spend: SpendAhead | null }[];
}

/** What it is expected to spend in the next 365 days; null where that cannot be told. */
export const yearSpend = ({ ahead }: Pick<AccountForecast, 'ahead'>): SpendAhead | null =>
  ahead.find(({ days }) => days === YEAR_AHEAD)?.spend ?? null;

/**
 * What is to be expected of a root account, by the newest fits and all that is known by now. An account without a purchase day
 * and a business too young are answered, too: with why nothing can be told.
 * @throws {AppError} `forbidden`
 */
export async function getForecast(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<AccountForecast> {
  const [told] = await listForecasts(ctx, { accountIds: [accountId] });
  if (told === undefined) throw new AppError('not_found', 'There is no such account.');
  return told;
}

/** The same of several root accounts, such as those of one customer, in the sequence given. @throws {AppError} `forbidden` */
export async function listForecasts(
  ctx: Context,
  { accountIds }: { accountIds: readonly string[] },
): Promise<AccountForecast[]> {
  allow(ctx.actor, 'customers:read');
  const { currency, timeZone } = await getBusiness(ctx);
  const asOf = dayOf(ctx.now(), timeZone);
  const asked = { currency: currency ?? '', until: asOf };
  const [rows, departments, ...buyers] = await Promise.all([
    listNewestFits(ctx.db),
    listDepartments(ctx.db, { ids: JSON.stringify(accountIds), ...asked }),
    ...accountIds.map((accountId) => findBuyer(ctx.db, { accountId, ...asked })),
  ]);
  const kept = readFits(rows);
  const categories = await categoriesOf(ctx, kept, buyers, { currency: currency ?? '', timeZone });
  const unit = 10 ** (currency === null ? 0 : (currencyExponent(currency) ?? 0));
  return accountIds.map((accountId, at) => {
    const buyer = buyers[at] ?? null;
    const about = {
      ...{ accountId, asOf, currency, served: kept?.served ?? null },
      business: kept === null ? null : { accounts: kept.accounts, historyDays: kept.historyDays },
      ...{ alive: null, ahead: [], next: null, departments: [] },
    };
    if (buyer === null) return { ...about, cannotTell: 'no_orders', known: null };
    const known = knownOf(buyer, asOf);
    if (kept === null) return { ...about, cannotTell: 'not_made_yet', known };
    if (kept.cannotTell !== null) return { ...about, cannotTell: kept.cannotTell, known };
    const parts = departments.filter(({ rootId }) => rootId === accountId);
    return {
      ...about,
      ...tellWith({ kept, asOf, unit, place: placeOf(kept, buyer, { unit, categories }) }, buyer, parts),
      cannotTell: null,
      known,
    };
  });
}

type Categories = ReadonlyMap<string, string | null>;

/** By the ids of accounts; looked up only where the fits go by the category of the first purchase. */
async function categoriesOf(
  { db }: Pick<Context, 'db'>,
  kept: KeptBusiness | null,
  buyers: readonly (BuyingAccount | null)[],
  terms: { currency: string; timeZone: string },
): Promise<Categories> {
  const isAsked = kept?.covariate?.serves === true && kept.covariate.name === 'first-category';
  const known = isAsked ? buyers.filter((buyer) => buyer !== null) : [];
  if (known.length === 0) return new Map();
  const found = await listFirstCategories(db, known, terms);
  return new Map(known.map(({ id }, at) => [id, found[at] ?? null]));
}

const placeOf = (
  kept: KeptBusiness,
  { id, firstOn, firstMinor }: BuyingAccount,
  { unit, categories }: { unit: number; categories: Categories },
) =>
  kept.classFor({
    ...{ day: dayNumber(firstOn), spent: Number(firstMinor) / unit },
    category: categories.get(id) ?? null,
  });

const tellWith = (
  telling: ForecastTelling,
  buyer: BuyingAccount,
  parts: Awaited<ReturnType<typeof listDepartments>>,
): Pick<AccountForecast, 'alive' | 'ahead' | 'next' | 'departments'> => ({
  ...tellAccount(telling, buyer),
  departments: parts.map((part) => ({
    id: part.departmentId,
    spend: tellPart(telling, buyer.type, part),
  })),
});
