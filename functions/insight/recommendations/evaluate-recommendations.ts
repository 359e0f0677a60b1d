import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listInterests } from '../../people/joining/find-interests.ts';
import { keepLatest } from './basket.ts';
import { type BasketChunk, chunkOf } from './chunk.ts';
import { evaluate, type HeldOut, type RecommendationTrial } from './hit-rate.ts';
import { type Interest, interestsIn } from './interests.ts';
import { findScope, pageAccounts } from './list-accounts.ts';
import { type BoughtMoments, readBought, toBasketProduct } from './read-baskets.ts';

/** So many accounts are tried at the most, the first by id: more would tell the same. */
const TRIED_MAX = 20_000;

/**
 * How well recommendations guess the last purchase of each account from all that was bought before, against what is bought most.
 * Nothing is written. What they like is what they answered; own fields that `interestFields` names are left out.
 * @throws {AppError} `forbidden`
 */
export async function evaluateRecommendations(
  ctx: Context,
  onProgress: (accounts: number) => void = () => undefined,
): Promise<RecommendationTrial> {
  allow(ctx.actor, 'customers:read');
  const { db } = ctx;
  const [{ timeZone }, scope] = await Promise.all([getBusiness(ctx), findScope(db, ctx.now())]);
  const chunks: BasketChunk[] = [];
  const heldOut: HeldOut[] = [];
  let passed = 0;
  for (let after: string | null = ''; after !== null; ) {
    const { accounts, reached } = await pageAccounts(db, scope, after);
    const [bought, said] = await Promise.all([
      readBought(db, accounts),
      listInterests(
        db,
        accounts.map(({ id }) => id),
      ),
    ]);
    const baskets = [...bought].map(([id, bought]) => {
      const { before, tried } = holdOut(bought, timeZone, interestsIn(said.get(id) ?? []));
      if (tried === null || heldOut.length >= TRIED_MAX) return toBasket(bought, timeZone);
      heldOut.push(tried);
      return before;
    });
    chunks.push(chunkOf(baskets));
    passed += baskets.length;
    onProgress(passed);
    after = reached;
  }
  return evaluate(chunks, heldOut);
}

const toBasket = (bought: readonly BoughtMoments[], timeZone: string) =>
  keepLatest(bought.map((one) => toBasketProduct(one, timeZone)));

/** Without the last purchase; null where there was only one. Orders of one moment are one purchase. */
function holdOut(bought: readonly BoughtMoments[], timeZone: string, interests: readonly Interest[]) {
  const last = Math.max(...bought.flatMap(({ moments }) => moments));
  const rest = bought.flatMap((one) => {
    const moments = one.moments.filter((at) => at < last);
    return moments.length === 0 ? [] : [{ ...one, moments }];
  });
  const before = toBasket(rest, timeZone);
  const lastKeys = new Set(bought.flatMap(({ key, moments }) => (moments.includes(last) ? [key] : [])));
  const tried: HeldOut | null =
    before.length === 0 ? null : { before, last: lastKeys, day: dayNumber(dayOf(last, timeZone)), interests };
  return { before, tried };
}
