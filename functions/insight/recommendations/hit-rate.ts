import type { AccountBasket } from './basket.ts';
import {
  chooseProducts,
  type KnownPair,
  type KnownProduct,
  type NothingReason,
  nothingReason,
} from './choose.ts';
import type { BasketChunk } from './chunk.ts';
import { likedFinder } from './find-liked.ts';
import { type Interest, termsOfProduct } from './interests.ts';
import { type Stock, stockOf } from './stock.ts';
import { weigherOf } from './weigh.ts';

/** An account whose last purchase is to be guessed from what it bought before. */
export interface HeldOut {
  before: AccountBasket;
  /** The products of the last purchase, and its day. */
  last: ReadonlySet<string>;
  day: number;
  /** What its people say they like: today, since nobody knows what they said before it. */
  interests: readonly Interest[];
}

/** How often one of five recommended products was in the last purchase. */
export interface HitRates {
  recommended: number;
  /** The five that most accounts bought, the same for everybody; and those of them that the account had not bought. */
  mostPopular: number;
  mostPopularNew: number;
}

/** The same for those who said what they like, beside what would have been recommended without it. */
export interface InterestHits {
  tried: number;
  recommended: number;
  withoutInterests: number;
}

export interface RecommendationTrial {
  /** Accounts that bought anything; those of them whose last purchase was held out. */
  accounts: number;
  tried: number;
  products: number;
  /** Pairs that stand out, each way. */
  pairs: number;
  at: number;
  /** Null where nobody could be tried. */
  hits: HitRates | null;
  /** Null where nobody of them said what they like. */
  interestHits: InterestHits | null;
  /** `recommended` by the better of the two others; null where these never hit. */
  lift: number | null;
  /** Why there is nothing to recommend; null where there is something. */
  nothing: NothingReason | null;
}

const AT = 5;

/**
 * Leaves the last purchase of each account out, counts what goes together in all that is left, and compares what would have
 * been recommended on the day of that purchase with it. The same rules serve the pages.
 */
export function evaluate(chunks: readonly BasketChunk[], heldOut: readonly HeldOut[]): RecommendationTrial {
  const known = knownOf(stockOf(chunks));
  const { products, pairs, accounts } = known;
  const of = { accounts, tried: heldOut.length, products: products.size, pairs: pairs.length, at: AT };
  const nothing = nothingReason({ products: [...products.values()], pairs: pairs.length });
  if (nothing !== null) return { ...of, ...untried, nothing };
  if (heldOut.length === 0) return { ...of, ...untried, nothing: 'too_few_accounts' };
  const { interestHits, ...hits } = ratesOf(heldOut, known);
  const best = Math.max(hits.mostPopular, hits.mostPopularNew);
  return { ...of, hits, interestHits, lift: best === 0 ? null : hits.recommended / best, nothing };
}

const untried = { hits: null, interestHits: null, lift: null };

interface Known {
  accounts: number;
  products: ReadonlyMap<string, KnownProduct>;
  pairs: readonly KnownPair[];
  lastDay: number;
  /** What each product is found by. */
  terms: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Everything that a stock tells, as it would be kept. */
export function knownOf(stock: Stock): Known {
  const weigh = weigherOf(stock);
  const { products: stocked } = stock;
  const keyOf = (place: number) => stocked[place]?.key ?? '';
  const pairs = stocked.flatMap(({ key }, place) =>
    weigh(place).map(({ other, ...pair }) => ({ key, other: keyOf(other), ...pair })),
  );
  const products = stocked.map(({ accounts, bySize: _, category: __, ...product }) => ({
    ...product,
    buyers: accounts.length,
  }));
  return {
    accounts: stock.starts.length - 1,
    products: new Map(products.map((product) => [product.key, product])),
    pairs,
    terms: new Map(stocked.map((product) => [product.key, new Set(termsOfProduct(product))])),
    lastDay: products.reduce((day, { lastDay }) => Math.max(day, lastDay), 0),
  };
}

function ratesOf(
  heldOut: readonly HeldOut[],
  known: Known,
): HitRates & { interestHits: InterestHits | null } {
  const popular = [...known.products.values()]
    .sort((a, b) => b.buyers - a.buyers || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key);
  const guesses = guesserOf(known);
  const saying = heldOut.filter(({ interests }) => interests.length > 0);
  const without = (account: HeldOut) => guesses({ ...account, interests: [] });
  return {
    recommended: rateOf(heldOut, guesses),
    mostPopular: rateOf(heldOut, () => popular.slice(0, AT)),
    mostPopularNew: rateOf(heldOut, ({ before }) => {
      const had = new Set(before.map(({ key }) => key));
      return popular.filter((key) => !had.has(key)).slice(0, AT);
    }),
    interestHits:
      saying.length === 0
        ? null
        : {
            tried: saying.length,
            recommended: rateOf(saying, guesses),
            withoutInterests: rateOf(saying, without),
          },
  };
}

const rateOf = (heldOut: readonly HeldOut[], guess: (account: HeldOut) => readonly string[]) =>
  heldOut.filter((account) => guess(account).some((key) => account.last.has(key))).length / heldOut.length;

/** What the pages would have recommended on the day of the last purchase. */
function guesserOf({ accounts, products, pairs, terms }: Known): (account: HeldOut) => string[] {
  const pairsOf = Map.groupBy(pairs, ({ key }) => key);
  const likedBy = likedFinder(terms);
  return ({ before, day, interests }) =>
    chooseProducts({
      ...{ basket: before, products, hidden: new Set(), today: day, lastDay: day, limit: AT },
      pairs: before.flatMap(({ key }) => pairsOf.get(key) ?? []),
      interests: { liked: likedBy(interests), accounts },
    }).map(({ product }) => product.key);
}
