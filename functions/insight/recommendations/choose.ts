import type { AccountBasket, BasketProduct } from './basket.ts';
import { ACCOUNTS_MIN, type DueProduct, dueProduct, isConsumable, type ProductHabit } from './due.ts';
import type { LikedMatch } from './interests.ts';

/** What is known of a product. */
export interface KnownProduct extends ProductHabit {
  key: string;
  name: string | null;
  lastDay: number;
}

/** What goes with a product; of `key`, the other one is recommended. */
export interface KnownPair {
  key: string;
  other: string;
  kind: 'with' | 'onward';
  together: number;
  later: number;
  chance: number;
}

/** Why something is recommended: what it goes with, what it follows, when it will be wanted again, or what they said they like. */
export type ChosenReason =
  | ({ code: 'bought_with' | 'went_on_to'; because: BasketProduct; buyers: number } & KnownPair)
  | ({ code: 'due' } & DueProduct)
  | { code: 'liked'; buyers: number; accounts: number };

export interface ChosenProduct {
  product: KnownProduct;
  reason: ChosenReason;
  /** What they said they like that it is of; null where it is of nothing they said. */
  liked: string | null;
  /** About the share of accounts in the same place that bought it. */
  share: number;
}

export interface ChoosingInput {
  basket: AccountBasket;
  products: ReadonlyMap<string, KnownProduct>;
  pairs: readonly KnownPair[];
  /** What they said they like, by product, of so many accounts that bought anything. */
  interests?: { liked: ReadonlyMap<string, LikedMatch>; accounts: number };
  /** What is never to be shown. */
  hidden: ReadonlySet<string>;
  today: number;
  /** The last day on which anybody bought anything. */
  lastDay: number;
  limit: number;
}

/** What nobody has bought for so long is not sold any more. */
const SOLD_DAYS = 180;
/** A share counts less where few accounts stand behind it: as if so many more had not bought it. */
const PRIOR = 5;
/** Who says they like something, and bought nothing yet, is taken to buy it so many times as often as others, up to every other time. */
const LIKED_LIFT = 3;
const LIKED_MAX = 0.5;
/** With so many products bought, it says half as much: what they buy tells their taste by then. */
const LIKED_HALF = 3;
/** What is bought anyway takes no more than three places in five, where there is anything else. */
const DUE_SHARE = 0.6;

/**
 * What to recommend to whoever bought a basket, the likeliest first: what is due again, what goes with what they have, what
 * others went on to, what is of something they said they like. Nothing that they have and that is not used up, nor what is
 * hidden or no longer sold.
 */
export function chooseProducts(input: ChoosingInput): ChosenProduct[] {
  const { limit } = input;
  const due = chooseDue(input);
  const other = chooseOther(input);
  const dueMax = Math.max(Math.ceil(limit * DUE_SHARE), limit - other.length);
  return [...due.slice(0, dueMax), ...other].sort(byShare).slice(0, limit);
}

function chooseDue(input: ChoosingInput): ChosenProduct[] {
  const { basket, products, today } = input;
  return basket
    .flatMap((bought): ChosenProduct[] => {
      const product = products.get(bought.key);
      const due = dueProduct(bought, product ?? null, today);
      if (product === undefined || due === null || !mayShow(product, input)) return [];
      const share = due.isOwn ? due.times / (due.times + 1) : product.again / (product.buyers + PRIOR);
      return [{ product, reason: { code: 'due', ...due }, liked: null, share }];
    })
    .sort(byShare);
}

function chooseOther(input: ChoosingInput): ChosenProduct[] {
  const found = findPaired(input);
  const bought = new Set(input.basket.map(({ key }) => key));
  const { liked, accounts } = input.interests ?? { liked: new Map<string, LikedMatch>(), accounts: 0 };
  const lift = (LIKED_LIFT * LIKED_HALF) / (LIKED_HALF + input.basket.length);
  for (const [key, { said, weight }] of liked) {
    const product = input.products.get(key);
    if (product === undefined || bought.has(key) || !mayShow(product, input)) continue;
    const { buyers } = product;
    if (buyers < ACCOUNTS_MIN) continue;
    const share = weight * Math.min(LIKED_MAX, (lift * buyers) / (accounts + PRIOR));
    const alone: ChosenProduct = { product, reason: { code: 'liked', buyers, accounts }, liked: said, share };
    const known = found.get(key) ?? { best: alone, missed: 1 };
    found.set(key, { best: { ...known.best, liked: said }, missed: known.missed * (1 - share) });
  }
  return [...found.values()].map(({ best, missed }) => ({ ...best, share: 1 - missed })).sort(byShare);
}

/** What goes with what was bought, each with its strongest reason and the chance that none of them holds. */
function findPaired(input: ChoosingInput): Map<string, { best: ChosenProduct; missed: number }> {
  const { basket, products, pairs } = input;
  const bought = new Map(basket.map((one) => [one.key, one]));
  const found = new Map<string, { best: ChosenProduct; missed: number }>();
  for (const pair of pairs) {
    const because = bought.get(pair.key);
    const product = products.get(pair.other);
    const buyers = products.get(pair.key)?.buyers ?? pair.together;
    if (because === undefined || product === undefined || bought.has(pair.other)) continue;
    if (!mayShow(product, input)) continue;
    const code = pair.kind === 'with' ? 'bought_with' : 'went_on_to';
    const share = (pair.kind === 'with' ? pair.together : pair.later) / (buyers + PRIOR);
    const chosen: ChosenProduct = { product, reason: { code, because, buyers, ...pair }, liked: null, share };
    const known = found.get(pair.other) ?? { best: chosen, missed: 1 };
    const best = share > known.best.share ? chosen : known.best;
    found.set(pair.other, { best, missed: known.missed * (1 - share) });
  }
  return found;
}

function mayShow({ key, lastDay }: KnownProduct, { hidden, lastDay: newest }: ChoosingInput): boolean {
  return !hidden.has(key) && lastDay >= newest - SOLD_DAYS;
}

const byShare = (a: ChosenProduct, b: ChosenProduct) =>
  b.share - a.share || b.product.buyers - a.product.buyers || (a.product.key < b.product.key ? -1 : 1);

/** Why there is nothing to recommend to anybody. */
export type NothingReason = 'no_products' | 'one_product' | 'too_few_accounts' | 'nothing_together';

/** Null where there is something: a pair that stands out, or a product that is used up. */
export function nothingReason(counted: {
  products: readonly ProductHabit[];
  pairs: number;
}): NothingReason | null {
  const { products, pairs } = counted;
  if (products.length === 0) return 'no_products';
  if (products.length === 1) return 'one_product';
  if (pairs > 0 || products.some(isConsumable)) return null;
  return products.some(({ buyers }) => buyers >= ACCOUNTS_MIN) ? 'nothing_together' : 'too_few_accounts';
}
