import { dayOf } from '../../ground/platform/business-time.ts';
import { dayFromNumber, dayNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { type NamedProduct, namedProduct } from '../../money/catalogue/product-key.ts';
import { type ChosenProduct, chooseProducts, type NothingReason } from './choose.ts';
import { findLiked } from './find-liked.ts';
import { newestOf } from './list-accounts.ts';
import { productUrl } from './policies.ts';
import { productPageOf } from './product-page.ts';
import { findFinishedRun, listFactsAround, listHidden, listPairsOf } from './queries.ts';
import { type BasketOf, readBasket } from './read-baskets.ts';
import { readInterests } from './read-interests.ts';

/** Why a product is recommended, with the counts behind it. */
export type RecommendationReason =
  | {
      code: 'bought_with' | 'went_on_to';
      /** What they have. */
      because: NamedProduct;
      /** Accounts that bought that; those of them that bought both, and both in this order; how many would have by chance. */
      buyers: number;
      together: number;
      later: number;
      chance: number;
    }
  | {
      code: 'due';
      everyDays: number;
      /** Whether the interval is their own, from so many days with a purchase, or that of all who buy it again. */
      isOwn: boolean;
      times: number;
      dueOn: string;
    }
  /** Only for what they said they like; so many of all accounts bought it. */
  | { code: 'liked'; buyers: number; accounts: number };

export interface Recommendation extends NamedProduct {
  /** Its page in the shop; null where the business has not said how these are addressed. */
  url: string | null;
  /** What they said they like that it is of, in their words; null where it is of nothing they said. */
  interest: string | null;
  reason: RecommendationReason;
}

export interface Recommendations {
  items: Recommendation[];
  /** When it was last counted what goes together; null before the first time. */
  countedAt: number | null;
  /** Why nobody can be recommended anything yet; null where that is not so. */
  nothing: NothingReason | null;
}

/** For whom: what they may see of an account, and whose wishes count. */
export interface RecommendedTo extends BasketOf {
  customerId: string;
  limit: number;
}

/** What to recommend, by what somebody may see of the account: the caller has made sure that it is theirs. */
export async function recommendTo(ctx: Context, to: RecommendedTo): Promise<Recommendations> {
  const business = await getBusiness(ctx);
  const { timeZone } = business;
  const [run, basket, interests, hidden] = await Promise.all([
    findFinishedRun(ctx.db),
    readBasket(ctx.db, to, timeZone),
    readInterests(ctx, { customerId: to.customerId, business }),
    listHidden(ctx.db, { customerId: to.customerId }),
  ]);
  if (run === null) return { items: [], countedAt: null, nothing: null };
  const keys = JSON.stringify(basket.map(({ key }) => key));
  const [around, pairs, liked] = await Promise.all([
    listFactsAround(ctx.db, { keys }),
    listPairsOf(ctx.db, { keys }),
    findLiked(ctx.db, interests, run.products),
  ]);
  const products = [...liked.facts, ...around].map(({ lastOn, key, name, buyers, again, halfDays }) => ({
    ...{ key, name, buyers, again, halfDays, lastDay: dayNumber(lastOn) },
  }));
  const chosen =
    run.products < 2
      ? []
      : chooseProducts({
          ...{ basket, limit: to.limit, today: dayNumber(dayOf(ctx.now(), timeZone)) },
          products: new Map(products.map((product) => [product.key, product])),
          pairs: pairs.map(({ chanceMilli, ...pair }) => ({ ...pair, chance: chanceMilli / 1000 })),
          interests: { liked: liked.matches, accounts: run.accounts },
          hidden: new Set(hidden.map(({ key }) => key)),
          lastDay: dayNumber(dayOf(newestOf(run), timeZone)),
        });
  return {
    items: chosen.map((one) => toRecommendation(one, business)),
    countedAt: run.finishedAt,
    nothing: chosen.length > 0 ? null : run.nothing,
  };
}

function toRecommendation({ product, reason, liked }: ChosenProduct, business: Business): Recommendation {
  const named = namedProduct(product.key, product.name);
  const url = productPageOf(policyOf(business, productUrl), named);
  return { ...named, url, interest: liked, reason: toReason(reason) };
}

function toReason(reason: ChosenProduct['reason']): RecommendationReason {
  if (reason.code === 'due') {
    const { code, everyDays, isOwn, times, dueDay } = reason;
    return { code, everyDays, isOwn, times, dueOn: dayFromNumber(dueDay) };
  }
  if (reason.code === 'liked') return reason;
  const { code, because, buyers, together, later, chance } = reason;
  return { code, because: namedProduct(because.key, because.name), buyers, together, later, chance };
}
