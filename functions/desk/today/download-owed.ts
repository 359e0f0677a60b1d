import { allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { downloadTable, moneyFor } from '../console/insight/download-table.ts';
import { getOwed, type OwedSteps } from './get-owed.ts';

/**
 * What customers may spend as a CSV: by how long they have it (`age`) and by how soon it lapses (`lapse`), each in steps of days, both
 * of which come to the whole. `over_days` is empty of the first step, `within_days` of the last; both are of what never lapses. Who
 * took it stands in the log.
 * @throws {AppError} as `getOwed`, `forbidden`
 */
export async function downloadOwed(ctx: Context): Promise<ReadableStream<Uint8Array>> {
  allowRole(ctx.actor, ['owner', 'manager', 'analyst']);
  const [{ byAge, byLapse }, { currency }] = await Promise.all([getOwed(ctx), getBusiness(ctx)]);
  const money = moneyFor(currency);
  const rowsOf = (by: 'age' | 'lapse', steps: OwedSteps['byAge']) =>
    steps.map(({ days, minor }, at) => {
      const over = steps[at - 1]?.days;
      return [
        ...[by, typeof over === 'number' && days !== 'never' ? over : null, days === 'never' ? null : days],
        ...[currency, money(minor)],
      ];
    });
  return downloadTable(ctx, {
    name: 'owed',
    columns: ['by', 'over_days', 'within_days', 'currency', 'amount'],
    rows: [...rowsOf('age', byAge), ...rowsOf('lapse', byLapse)],
  });
}
