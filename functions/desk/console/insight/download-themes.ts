import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { getThemeMessages, getThemes } from '../../../voice/themes/get-themes.ts';
import { downloadTable, namesFor } from './download-table.ts';

/** Themes by month, naming nobody. @throws {AppError} as `getThemes` */
export async function downloadThemes(ctx: Context): Promise<ReadableStream<Uint8Array>> {
  const { themes } = await getThemes(ctx);
  return downloadTable(ctx, {
    name: 'praise-themes',
    columns: ['theme', 'month', 'messages', 'people'],
    rows: themes.flatMap(({ name, months }) =>
      months.map(({ month, messages, people }) => [name, month, messages, people]),
    ),
  });
}

/** The messages of a theme; whose they are is told to who may take names out of the house. @throws {AppError} `not_found`, `proof_needed` */
export async function downloadThemeMessages(
  ctx: Context,
  { id }: { id: string },
): Promise<ReadableStream<Uint8Array>> {
  const [{ timeZone }, { theme, items }] = await Promise.all([
    getBusiness(ctx),
    getThemeMessages(ctx, { id, month: null }),
  ]);
  const told = namesFor(ctx);
  return downloadTable(
    ctx,
    {
      name: 'praise-theme',
      columns: ['theme', 'day', 'kind', 'person', 'text'],
      rows: items.map(({ at, kind, name, text }) => [
        ...[theme?.name ?? null, dayOf(at, timeZone), kind],
        ...[told(name ?? ''), text],
      ]),
    },
    { isNamed: true },
  );
}
