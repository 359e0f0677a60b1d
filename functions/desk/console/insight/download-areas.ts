import type { Context } from '../../../ground/platform/context.ts';
import type { PeriodAsked } from '../../../ground/platform/period.ts';
import type { AreaKind } from '../../../voice/feedback/areas/area.ts';
import { getAreas } from '../../../voice/feedback/areas/get-areas.ts';
import { downloadTable } from './download-table.ts';

/** Problem areas of one sort, with the days they are counted over; names nobody but the team. @throws {AppError} as `getAreas` */
export async function downloadAreas(
  ctx: Context,
  asked: PeriodAsked & { by: AreaKind },
): Promise<ReadableStream<Uint8Array>> {
  const { by, since, until, items } = await getAreas(ctx, asked);
  return downloadTable(ctx, {
    name: `areas-${by}`,
    columns: [
      ...[
        'since',
        'until',
        by,
        'troubles',
        'troubles_before',
        'suits_us',
        'praise',
        'told',
        'people',
        'open',
      ],
      ...['rated', 'stars_mean', 'answered'],
    ],
    rows: items.map((area) => [
      ...[since, until, area.name, area.troubles, area.troublesBefore, area.forUs, area.praise],
      ...[area.told, area.people, area.open, area.rated],
      area.ratingMean === null ? null : Math.round(area.ratingMean * 100) / 100,
      area.answered,
    ]),
  });
}
