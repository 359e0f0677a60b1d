import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Days, SheetRow, Table } from '../../ground/formats/table.ts';
import { allow, allowProven } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { allowNamedFile } from '../../ground/platform/personal.ts';
import { csvNumber } from '../exports/csv.ts';
import { checkDays } from '../exports/days.ts';
import { streamOf } from '../exports/stream-of.ts';
import { writeRows } from '../exports/write-rows.ts';
import { netOf } from './compose.ts';
import { listWhole, type PaperRow } from './queries.ts';
import { toPaper } from './whole-paper.ts';

const columns = [
  'number',
  'kind',
  'issued_on',
  'corrects',
  'reason',
  'source',
  'order_number',
  'placed_on',
  'delivered_on',
  'buyer',
  'buyer_address',
  'buyer_tax_number',
  'buyer_email',
  'goods',
  'shipping',
  'tax',
  'tax_included',
  'total',
  'currency',
] as const;

const PAPERS_A_PAGE = 200;

/**
 * Every invoice and credit note in the sequence of their issue, amounts as signed decimals: those of a credit note are negative, so
 * that a column adds up to what is owed. `since` and `until` are days of issue.
 */
export async function exportPapers(ctx: Context, days: Days): Promise<Table> {
  allow(ctx.actor, 'orders:read');
  allow(ctx.actor, 'customers:read');
  allowNamedFile(ctx.actor);
  checkDays(days);
  return { columns, pages: listPages(ctx, days) };
}

async function* listPages({ db }: Context, { since, until }: Days): AsyncGenerator<SheetRow[]> {
  const span = { since: since ?? '', until: until ?? '9999-12-32' };
  for (let after = ''; ; ) {
    const rows = await listWhole(db, { ...span, after, limit: PAPERS_A_PAGE });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield rows.map(toRow);
  }
}

function toRow(row: PaperRow): SheetRow {
  const { document, buyer, number, kind, corrects, order, total } = toPaper(row);
  const { currency } = total;
  const exponent = currencyExponent(currency) ?? 2;
  const amount = (minor: bigint | null) =>
    minor === null ? null : csvNumber(formatDecimal(minor, exponent));
  return [
    ...[number, kind, document.issuedOn, corrects?.number ?? null, document.reason],
    ...[order.source, order.number, document.placedOn, document.deliveredOn],
    ...[buyer?.name ?? null, buyer?.address ?? null, buyer?.taxNumber ?? null, buyer?.email ?? null],
    amount(netOf(document.lines)),
    amount(document.shippingMinor),
    amount(document.taxMinor),
    amount(document.taxIncludedMinor),
    amount(document.totalMinor),
    currency,
  ];
}

/** The same of all days as CSV, for staff; it stands in the log. @throws {AppError} `forbidden`, `proof_needed` */
export async function downloadPapers(ctx: Context): Promise<ReadableStream<Uint8Array>> {
  allowProven(ctx);
  const table = await exportPapers(ctx, { since: null, until: null });
  await writeDecision(ctx, {
    audit: { kind: 'papers.exported', subjectKind: 'export', subjectId: 'papers' },
  });
  return streamOf(writeRows(table, 'csv'));
}
