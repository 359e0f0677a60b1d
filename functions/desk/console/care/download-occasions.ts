import { listComing } from '../../../care/occasions/list-coming.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { downloadTable, moneyFor, namesFor } from '../insight/download-table.ts';

/** The days of customers that come next, as a CSV. @throws {AppError} `forbidden`, `proof_needed` */
export async function downloadOccasions(ctx: Context): Promise<ReadableStream<Uint8Array>> {
  const { items, currency } = await listComing(ctx);
  const [name, money] = [namesFor(ctx), moneyFor(currency)];
  const rows = items.map(
    ({ day, customerId, customerName, kind, name: own, years, manager, isWished, giftMinor }) => [
      ...[
        day,
        customerId,
        name(customerName ?? ''),
        kind,
        own,
        years === null ? null : csvNumber(String(years)),
      ],
      ...[isWished ? 'yes' : 'no', money(giftMinor), manager],
    ],
  );
  const columns = ['day', 'customer_id', 'customer', 'kind', 'name', 'years', 'wished', 'gift', 'manager'];
  return downloadTable(ctx, { name: 'occasions', columns, rows }, { isNamed: true });
}
