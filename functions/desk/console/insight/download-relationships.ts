import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { getLevels } from '../../../insight/levels/get-levels.ts';
import { listKeyAccounts } from '../../../insight/levels/list-key-accounts.ts';
import { listRelated, type RelatedAsked, type RelatedPage } from '../../../insight/levels/list-related.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';
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

const ROWS_PER_STEP = 500;

/**
 * The accounts behind a figure of relationships, all of them, streamed; who took it stands in the log. Analysts get no names.
 * @throws {AppError} as `listRelated`, `proof_needed`
 */
export async function downloadRelated(
  ctx: Context,
  asked: RelatedAsked,
): Promise<ReadableStream<Uint8Array>> {
  allow(ctx.actor, 'customers:read');
  if (mayReadPersonal(ctx.actor)) allowProven(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'figures.exported', subjectKind: 'export', subjectId: 'relationships' },
  });
  const columns = [
    'account_id',
    'account',
    'kind',
    'since',
    'cause',
    'last_on',
    'purchase_days',
    'currency',
    'year_spend',
  ];
  return streamOf(writeRows({ columns, pages: relatedPages(ctx, asked) }, 'csv'));
}

async function* relatedPages(ctx: Context, asked: RelatedAsked): AsyncGenerator<SheetRow[]> {
  const told = namesFor(ctx);
  for (let after: string | null = null; ; ) {
    const page: RelatedPage = await listRelated(ctx, asked, after, ROWS_PER_STEP);
    const money = moneyFor(page.currency);
    yield page.items.map((account) => [
      ...[account.id, told(account.name), account.kind, account.since, account.cause, account.lastOn],
      ...[account.purchaseDays, page.currency, money(account.yearSpendMinor)],
    ]);
    if (page.nextCursor === null) return;
    after = page.nextCursor;
  }
}
