import type { Context } from '../../../ground/platform/context.ts';
import { listMargins, listWideMargins, type MarginsPage } from '../../../insight/margins/list-margins.ts';
import { listSold, type SoldToDate } from '../../../insight/numbers/list-sold.ts';
import { listKnownProducts } from '../../../insight/recommendations/list-known-products.ts';

/** What is told of margins, beside what was sold. */
export interface MarginsDesk extends Omit<SoldToDate, 'categories'> {
  /** Of all that nothing else is told of; in basis points, as below. */
  rest: number | null;
  /** Those that were sold, the most first, then those that are told and were not; with what was spent on them to date. */
  categories: { name: string; bps: number | null; spentMinor: bigint | null }[];
  products: MarginsPage;
  /** SKUs, or names where there is none, of what most accounts bought. */
  suggestions: { value: string; name: string }[];
}

/** @throws {AppError} `forbidden` for agents, `validation_failed` for another cursor */
export async function getMarginsDesk(ctx: Context, after: string | null): Promise<MarginsDesk> {
  const [{ rest, categories: told }, products, sold, known] = await Promise.all([
    listWideMargins(ctx),
    listMargins(ctx, { kind: 'product', after }),
    listSold(ctx),
    listKnownProducts(ctx.db),
  ]);
  const toldOf = new Map(told.map(({ name, bps }) => [name, bps]));
  const { categories, ...counted } = sold;
  const isSold = new Set(categories.map(({ category }) => category));
  return {
    ...{ rest, products, ...counted },
    categories: [
      ...categories.map(({ category, minor }) => ({
        ...{ name: category, bps: toldOf.get(category) ?? null, spentMinor: minor },
      })),
      ...told.filter(({ name }) => !isSold.has(name)).map((one) => ({ ...one, spentMinor: null })),
    ],
    suggestions: known.map(({ sku, name }) => ({ value: sku ?? name, name })),
  };
}
