import { getKeptStandards, shareOf, type TimelyCount } from '../../../care/standards/kept/get-kept.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { PeriodAsked } from '../../../ground/platform/period.ts';
import { downloadTable } from '../insight/download-table.ts';

/** How many who waited were answered in time, by person and by kind, as a CSV. @throws {AppError} `forbidden`, `scope_missing` */
export async function downloadKept(ctx: Context, asked: PeriodAsked): Promise<ReadableStream<Uint8Array>> {
  const { period, people, kinds } = await getKeptStandards(ctx, asked);
  const line = (staff: string | null, kind: string | null, one: TimelyCount) => [
    ...[period.since, period.until, staff, kind],
    ...[one.kept, one.of, shareOf(one)],
  ];
  const rows = [
    ...people.map(({ staff, all }) => line(typeof staff === 'string' ? staff : staff.name, null, all)),
    ...kinds.map(({ kind, all }) => line(null, kind, all)),
  ];
  const columns = ['since', 'until', 'staff', 'kind', 'kept', 'of', 'percent'];
  return downloadTable(ctx, { name: 'kept', columns, rows });
}
