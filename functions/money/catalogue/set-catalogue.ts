import type { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { assert, type FieldError } from '../../ground/platform/errors.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { parseInput, refuseFields, wrongField } from '../../ground/platform/parse-input.ts';
import { findCatalogue } from './list-catalogue.ts';
import { productKey } from './product-key.ts';
import { type CatalogueRow, countProducts } from './queries.ts';
import { type CatalogueSet, type catalogueItem, setCatalogueInput } from './schema.ts';

/** So many are listed at most. */
const PRODUCTS_MAX = 10_000;

interface Told extends Omit<CatalogueRow, 'goneAt'> {
  isGone: boolean;
}

/**
 * Lists products, or tells of listed ones what changed; those that are not named stay. Owners, managers, keys of
 * `settings:write`.
 * @throws {AppError} `validation_failed` (`twice`, `too_many`), `forbidden`, `scope_missing`
 */
export async function setCatalogue(
  ctx: Context,
  typed: z.input<typeof setCatalogueInput>,
  options: Alongside<CatalogueSet> = {},
): Promise<CatalogueSet> {
  allow(ctx.actor, 'settings:write');
  const told = readItems(parseInput(setCatalogueInput, typed).items);
  return retrying(ctx, { subject: 'catalogue', key: 'catalogue' }, async () => {
    const db = ctx.db.fresh;
    const [before, counted] = await Promise.all([
      findCatalogue(
        db,
        told.map(({ key }) => key),
      ),
      countProducts(db),
    ]);
    if ((counted?.count ?? 0) + told.length - before.size > PRODUCTS_MAX)
      throw wrongField('items', 'too_many', `may not make more than ${PRODUCTS_MAX} products`);
    const changed = told.filter((one) => !isSame(one, before.get(one.key)));
    const answer = { set: changed.length, unchanged: told.length - changed.length };
    await writeDecision(ctx, {
      rows: changed.length === 0 ? [] : [upsert(ctx, changed)],
      also: changed.map((one) => ({
        audit: {
          kind: one.isGone ? 'catalogue.gone' : 'catalogue.set',
          subjectKind: 'product',
          subjectId: one.key.slice(2),
          detail: changesOf(
            listed(before.get(one.key)),
            one.isGone ? null : listed({ ...one, goneAt: null }),
          ),
        },
      })),
      beside: options.alongside?.(answer, 200) ?? [],
    });
    return answer;
  });
}

function readItems(items: readonly z.output<typeof catalogueItem>[]): Told[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  const told = items.map(({ price, gone, ...item }, at) => {
    const key = productKey(item);
    assert(key !== null, 'a product has a name');
    if (seen.has(key)) errors.push({ path: `items.${at}.name`, code: 'twice', message: 'is told twice' });
    seen.add(key);
    const priceMinor = price === null ? null : BigInt(price.amount);
    return { ...item, key, priceMinor, currency: price?.currency ?? null, isGone: gone };
  });
  refuseFields(errors);
  return told;
}

/** For the log: how it is listed; null for one that is not. */
function listed(
  row: Pick<CatalogueRow, 'name' | 'category' | 'priceMinor' | 'currency' | 'goneAt'> | undefined,
) {
  if (row === undefined || row.goneAt !== null) return null;
  const { name, category, priceMinor, currency } = row;
  const price =
    priceMinor === null || currency === null
      ? null
      : `${currency} ${formatDecimal(priceMinor, currencyExponent(currency) ?? 2)}`;
  return { name, category, price };
}

const isSame = (told: Told, kept: CatalogueRow | undefined): boolean =>
  kept !== undefined &&
  kept.name === told.name &&
  kept.category === told.category &&
  kept.priceMinor === told.priceMinor &&
  kept.currency === told.currency &&
  (kept.goneAt !== null) === told.isGone;

function upsert(ctx: Context, products: readonly Told[]) {
  const rows = products.map(({ key, sku, name, category, priceMinor, currency, isGone }) => [
    ...[key, sku, name, category, priceMinor === null ? null : Number(priceMinor), currency, isGone ? 1 : 0],
  ]);
  return statement(
    `INSERT INTO catalogue_products (key, sku, name, category, price_minor, currency, gone_at, at, actor)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
       CASE WHEN value ->> 6 = 1 THEN ?1 END, ?1, ?2 FROM json_each(?3) WHERE true
     ON CONFLICT (key) DO UPDATE SET name = excluded.name, category = excluded.category, price_minor = excluded.price_minor,
       currency = excluded.currency, at = excluded.at, actor = excluded.actor,
       gone_at = CASE WHEN excluded.gone_at IS NULL THEN NULL ELSE coalesce(gone_at, excluded.gone_at) END`,
    ...[ctx.now(), actorName(ctx.actor), JSON.stringify(rows)],
  );
}
