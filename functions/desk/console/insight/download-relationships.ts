import type { Context } from '../../../ground/platform/context.ts';
import { getLevels } from '../../../insight/levels/get-levels.ts';
import { listKeyAccounts } from '../../../insight/levels/list-key-accounts.ts';
import { downloadTable, moneyFor, namesFor } from './download-table.ts';

/** The levels at the end of each month that the page shows. @throws {AppError} as `getLevels` */
export async function downloadLevels(
  ctx: Context,
  asked: { month: string | null },
): Promise<ReadableStream<Uint8Array>> {
  const { months } = await getLevels(ctx, asked);
  return downloadTable(ctx, {
    name: 'levels',
    columns: ['month', 'first', 'repeat', 'advocate', 'shape'],
    rows: months.map(({ month, counts, shape }) => [
      month,
      counts.first,
      counts.repeat,
      counts.advocate,
      shape,
    ]),
  });
}

/** The key accounts, those by spend first. @throws {AppError} as `listKeyAccounts`, `proof_needed` */
export async function downloadKeyAccounts(ctx: Context): Promise<ReadableStream<Uint8Array>> {
  const { first, pinned, currency, hasMargins } = await listKeyAccounts(ctx);
  const [money, told] = [moneyFor(currency), namesFor(ctx)];
  return downloadTable(
    ctx,
    {
      name: 'key-accounts',
      columns: [
        'place',
        'account',
        'kind',
        'currency',
        'year_spend',
        'spend',
        'referred_spend',
        ...(hasMargins ? ['year_margin', 'year_margin_of'] : []),
        'year_orders',
        'last_on',
        'pinned',
      ],
      rows: [...first, ...pinned].map((account) => [
        account.place,
        told(account.name),
        account.kind,
        currency,
        money(account.yearSpendMinor),
        money(account.spendMinor),
        account.referredMinor === null ? null : money(account.referredMinor),
        ...(hasMargins && account.margin ? [money(account.margin.minor), money(account.margin.ofMinor)] : []),
        account.yearOrders,
        account.lastOn,
        account.pin === null ? 'no' : 'yes',
      ]),
    },
    { isNamed: true },
  );
}
