import { getPlan } from '../../../care/plans/list-plans.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { downloadTable, namesFor } from '../insight/download-table.ts';

/** Who is due by a plan, and who is held back for which reason, as a CSV. @throws {AppError} `not_found`, `forbidden`, `proof_needed` */
export async function downloadDue(ctx: Context, { id }: { id: string }): Promise<ReadableStream<Uint8Array>> {
  const { plan, free, held } = await getPlan(ctx, { id });
  const name = namesFor(ctx);
  const all = [
    ...free.map((one) => ({ ...one, because: null })),
    ...held.map(({ verdict, ...one }) => ({ ...one, because: verdict.because })),
  ];
  const rows = all.map((one) => [
    ...[one.customerId, name(one.name ?? ''), one.accountName === null ? null : name(one.accountName)],
    ...[plan.what, plan.channel, one.lastOn, one.dueOn, one.because],
  ]);
  const columns = ['customer_id', 'customer', 'account', 'what', 'channel', 'last', 'due', 'held_back'];
  return downloadTable(ctx, { name: 'due', columns, rows }, { isNamed: true });
}
