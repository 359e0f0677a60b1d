import type { Context } from '../../../ground/platform/context.ts';
import { type HitsAsked, listDailyHits } from '../../../insight/hits/get-hits.ts';
import { downloadTable } from './download-table.ts';

/** How often each page was read on each day and in each language; who took it stands in the log. @throws {AppError} as `getHits` */
export async function downloadHits(ctx: Context, asked: HitsAsked): Promise<ReadableStream<Uint8Array>> {
  const rows = await listDailyHits(ctx, asked);
  return downloadTable(ctx, {
    name: 'hits',
    columns: ['day', 'page', 'language', 'hits'],
    rows: rows.map(({ day, page, language, hits }) => [day, page, language, hits]),
  });
}
