import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { type HistoryDecision, writeHistory } from '../../money/accounts/write-history.ts';
import { namedProduct } from '../../money/catalogue/product-key.ts';
import { findProduct, findWish, listHidden, unhideProduct } from './queries.ts';

/** Nobody keeps a longer list of what they do not want to see. */
const HIDDEN_MAX = 500;

export interface RecommendationWishes {
  isWanted: boolean;
  /** When they said so; null for who never did. */
  at: number | null;
  hidden: { key: string; name: string }[];
}

/** What the signed-in customer said about being recommended things. @throws {AppError} `unauthenticated` */
export async function getOwnWishes(ctx: Context): Promise<RecommendationWishes> {
  const customerId = customerIdOf(ctx);
  const [wish, hidden] = await Promise.all([
    findWish(ctx.db, { customerId }),
    listHidden(ctx.db, { customerId }),
  ]);
  return { isWanted: wish?.isWanted === 1, at: wish?.at ?? null, hidden };
}

/** Whether a customer wants to be recommended things on their pages: not before they said so. */
export async function wantsRecommendations(ctx: Context, customerId: string): Promise<boolean> {
  return (await findWish(ctx.db, { customerId }))?.isWanted === 1;
}

/**
 * The signed-in customer wants recommendations, or no longer; saying what holds already writes nothing.
 * @throws {AppError} `unauthenticated`
 */
export async function setRecommendationWish(
  ctx: Context,
  { isWanted }: { isWanted: boolean },
): Promise<void> {
  await decideForOneself(ctx, async ({ seen, customerId, at, actor }) => {
    const wish = await findWish(seen.db.fresh, { customerId });
    if ((wish?.isWanted === 1) === isWanted) return unchanged;
    return {
      history: {
        kind: isWanted ? 'recommendations_wanted' : 'recommendations_unwanted',
        detail: { customerId },
      },
      rows: [
        statement(
          `INSERT INTO recommendation_wishes (customer_id, seq, is_wanted, at, actor)
           SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4 FROM recommendation_wishes WHERE customer_id = ?1`,
          ...[customerId, isWanted ? 1 : 0, at, actor],
        ),
      ],
    };
  });
}

const named = z.strictObject({ key: z.string().min(1).max(500) });

/**
 * The signed-in customer never wants to see a product recommended.
 * @throws {AppError} `unauthenticated`, `not_found` for what nobody bought, `validation_failed`
 */
export async function hideProduct(ctx: Context, asked: z.input<typeof named>): Promise<void> {
  const { key } = parseInput(named, asked);
  await decideForOneself(ctx, async ({ seen, customerId, at, actor }) => {
    const [product, hidden] = await Promise.all([
      findProduct(seen.db.fresh, { key }),
      listHidden(seen.db.fresh, { customerId }),
    ]);
    if (product === null) throw new AppError('not_found', 'There is no such product.');
    if (hidden.length >= HIDDEN_MAX || hidden.some((one) => one.key === key)) return unchanged;
    const { name } = namedProduct(product.key, product.name);
    return {
      history: { kind: 'product_hidden', detail: { customerId } },
      rows: [
        statement(
          'INSERT INTO hidden_products (customer_id, key, name, at, actor) VALUES (?, ?, ?, ?, ?)',
          ...[customerId, key, name, at, actor],
        ),
      ],
    };
  });
}

/** The signed-in customer may be shown a product again. @throws {AppError} `unauthenticated`, `validation_failed` */
export async function showProductAgain(ctx: Context, asked: z.input<typeof named>): Promise<void> {
  const { key } = parseInput(named, asked);
  await decideForOneself(ctx, async ({ seen, customerId }) => {
    const hidden = await listHidden(seen.db.fresh, { customerId });
    if (!hidden.some((one) => one.key === key)) return unchanged;
    return {
      history: { kind: 'product_shown', detail: { customerId } },
      rows: [unhideProduct(customerId, key)],
    };
  });
}

interface OwnDecision {
  seen: Context;
  customerId: string;
  at: number;
  actor: string;
}

/** In the history of the customer's own account, which is its lock. */
async function decideForOneself(
  ctx: Context,
  decide: (own: OwnDecision) => Promise<HistoryDecision>,
): Promise<void> {
  const customerId = customerIdOf(ctx);
  const [own] = await listPlaces(ctx.db.fresh, customerId);
  if (own === undefined)
    throw new AppError('not_found', 'There is no such customer, or it has no account yet.');
  await writeHistory(ctx, own.rootId, (seen) =>
    decide({ seen, customerId, at: ctx.now(), actor: actorName(ctx.actor) }),
  );
}
