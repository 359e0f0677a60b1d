import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../../ground/platform/money.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import {
  type AttentionAsked,
  type AttentionItem,
  eachAttention,
} from '../../../insight/attention/list-attention.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';

const columns = [
  ...['list', 'account_id', 'name', 'department', 'said_on', 'reasons', 'currency', 'value', 'last_on'],
  ...['assigned_to', 'snoozed_until', 'outcome'],
] as const;

/**
 * Who lists name and why as a CSV, reasons as codes; who took it stands in the log. Analysts get nobody's name.
 * @throws {AppError} as `listAttention`, and `proof_needed`
 */
export async function downloadAttention(
  ctx: Context,
  asked: AttentionAsked,
): Promise<ReadableStream<Uint8Array>> {
  allow(ctx.actor, 'customers:read');
  if (mayReadPersonal(ctx.actor)) allowProven(ctx);
  const { currency } = await getBusiness(ctx);
  const list = asked.list ?? 'mine';
  await writeDecision(ctx, {
    audit: { kind: 'attention.exported', subjectKind: 'export', subjectId: 'attention', detail: { list } },
  });
  return streamOf(writeRows({ columns, pages: pagesOf(ctx, asked, currency) }, 'csv'));
}

async function* pagesOf(
  ctx: Context,
  asked: AttentionAsked,
  currency: string | null,
): AsyncGenerator<SheetRow[]> {
  const isPrivate = mayReadPersonal(ctx.actor);
  for await (const items of eachAttention(ctx, asked))
    yield items.map((item) => rowOf(item, { isPrivate, currency }));
}

function rowOf(
  item: AttentionItem,
  { isPrivate, currency }: { isPrivate: boolean; currency: string | null },
): SheetRow {
  const exponent = currency === null ? 2 : (currencyExponent(currency) ?? 2);
  return [
    ...[item.list, item.accountId, isPrivate ? item.name : null, item.department, item.saidOn],
    item.reasons.map(({ code }) => code).join(' '),
    currency,
    csvNumber(formatDecimal(item.valueMinor, exponent)),
    ...[item.lastOn, item.assignedTo?.name ?? null, item.snoozedUntil, item.outcome],
  ];
}
