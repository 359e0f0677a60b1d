import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { type Margin, type MarginKind, marginKinds } from './margins.ts';
import { listBehind, listWide } from './queries.ts';

const MARGINS_PER_PAGE = 50;

export interface MarginsPage {
  items: Margin[];
  nextCursor: string | null;
}

/**
 * What is told of margins, by kind and name; of one kind where that is given. Owners, managers, analysts, keys of `settings:read`.
 * @throws {AppError} `validation_failed` for another cursor, `forbidden`, `scope_missing`
 */
export async function listMargins(
  ctx: Context,
  {
    kind = null,
    after = null,
    limit = MARGINS_PER_PAGE,
  }: { kind?: MarginKind | null; after?: string | null; limit?: number } = {},
): Promise<MarginsPage> {
  allow(ctx.actor, 'settings:read');
  const [afterKind, afterName] = after === null ? ['', ''] : decodeCursor(place, after);
  const rows = await listBehind(ctx.db, { kind: kind ?? '', afterKind, afterName, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor([last.kind, last.name]) };
}

const place = z.tuple([z.enum(marginKinds), z.string()]);

/** Those of categories and of all the rest. @throws {AppError} as `listMargins` */
export async function listWideMargins(ctx: Context): Promise<{ rest: number | null; categories: Margin[] }> {
  allow(ctx.actor, 'settings:read');
  const rows = await listWide(ctx.db);
  return {
    rest: rows.find(({ kind }) => kind === 'rest')?.bps ?? null,
    categories: rows.filter(({ kind }) => kind === 'category'),
  };
}
