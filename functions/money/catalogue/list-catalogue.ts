import { z } from 'zod';
import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { type CatalogueRow, listBehind, listNamed, listSold } from './queries.ts';

const PRODUCTS_A_PAGE = 50;
/** An order form shows no more. */
const SOLD_MAX = 300;

/** A product that the business lists; `priceMinor` of one piece, null where none is told. */
export type CatalogueProduct = CatalogueRow;

/** All that is listed, also what is gone, by key. @throws {AppError} `validation_failed` for a wrong cursor, `forbidden` */
export async function listCatalogue(
  ctx: Context,
  { cursor = null }: { cursor?: string | null } = {},
): Promise<{ items: CatalogueProduct[]; nextCursor: string | null }> {
  allow(ctx.actor, 'orders:read');
  const [after] = cursor === null ? [''] : decodeCursor(z.tuple([z.string().max(600)]), cursor);
  const rows = await listBehind(ctx.db, { after, limit: PRODUCTS_A_PAGE + 1 });
  const items = rows.slice(0, PRODUCTS_A_PAGE);
  const last = rows.length > PRODUCTS_A_PAGE ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor([last.key]) };
}

/** One product for staff; null where it is not listed. @throws {AppError} `forbidden` */
export async function findListed(ctx: Context, { key }: { key: string }): Promise<CatalogueProduct | null> {
  allow(ctx.actor, 'orders:read');
  return (await listNamed(ctx.db, { keys: JSON.stringify([key]) }))[0] ?? null;
}

/** Some products by their keys; what is not listed is left out. */
export async function findCatalogue(
  db: Store,
  keys: readonly string[],
): Promise<Map<string, CatalogueProduct>> {
  if (keys.length === 0) return new Map();
  const rows = await listNamed(db, { keys: JSON.stringify(keys) });
  return new Map(rows.map((row) => [row.key, row]));
}

/** What is sold now, by category and name. */
export const listSoldProducts = (db: Store): Promise<CatalogueProduct[]> => listSold(db, { limit: SOLD_MAX });
