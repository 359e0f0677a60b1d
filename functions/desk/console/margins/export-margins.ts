import type { SheetRow, Table } from '../../../ground/formats/table.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listMargins } from '../../../insight/margins/list-margins.ts';
import { percentOf } from '../../../insight/margins/margins.ts';
import { listSold } from '../../../insight/numbers/list-sold.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';

const ROWS_PER_STEP = 500;

export const marginColumns = ['kind', 'name', 'percent'] as const;

/**
 * What is told of margins as a table that can be imported again; categories that were sold and have none stand at its end with
 * an empty per cent, to be filled in.
 * @throws {AppError} `forbidden`
 */
export async function exportMargins(ctx: Context): Promise<Table> {
  allow(ctx.actor, 'settings:read');
  return { columns: marginColumns, pages: pagesOf(ctx) };
}

async function* pagesOf(ctx: Context): AsyncGenerator<SheetRow[]> {
  const told = new Set<string>();
  for (let after: string | null = null; ; ) {
    const { items, nextCursor } = await listMargins(ctx, { after, limit: ROWS_PER_STEP });
    for (const { kind, name } of items) if (kind === 'category') told.add(name);
    yield items.map(({ kind, name, bps }) => [kind, name, csvNumber(percentOf(bps))]);
    if (nextCursor === null) break;
    after = nextCursor;
  }
  const sold = await listSold(ctx);
  yield sold.categories.flatMap(({ category }) => (told.has(category) ? [] : [['category', category, null]]));
}
