import { type ContactFilter, type ContactItem, listContacts } from '../../../care/contacts/list-contacts.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';

const ROWS_PER_STEP = 500;

const columns = [
  ...[
    'at',
    'channel',
    'direction',
    'missed',
    'seconds',
    'customer_id',
    'account_id',
    'name',
    'number',
    'address',
  ],
  ...['account', 'order_source', 'order_number', 'staff', 'summary', 'mood', 'satisfaction'],
  ...['wants_answer', 'answered_at', 'source'],
] as const;

/**
 * The contacts that are asked for, as a CSV, the newest first; who took it stands in the log. Analysts get nobody's name,
 * number or words.
 * @throws {AppError} as `listContacts`, and `proof_needed`
 */
export async function downloadContacts(
  ctx: Context,
  filter: ContactFilter,
): Promise<ReadableStream<Uint8Array>> {
  allow(ctx.actor, 'contacts:read');
  if (mayReadPersonal(ctx.actor)) allowProven(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'contacts.exported', subjectKind: 'export', subjectId: 'contacts' },
  });
  return streamOf(writeRows({ columns, pages: pagesOf(ctx, filter) }, 'csv'));
}

async function* pagesOf(ctx: Context, filter: ContactFilter): AsyncGenerator<SheetRow[]> {
  const isNamed = mayReadPersonal(ctx.actor);
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listContacts>> = await listContacts(ctx, {
      ...filter,
      cursor,
      limit: ROWS_PER_STEP,
    });
    yield page.items.map((item) => rowOf(isNamed ? item : unnamed(item)));
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

const unnamed = (item: ContactItem): ContactItem => ({
  ...item,
  ...{ name: null, number: null, address: null, summary: null, accountName: null, staff: null },
});

function rowOf(item: ContactItem): SheetRow {
  const optional = (value: number | null) => (value === null ? null : csvNumber(String(value)));
  return [
    ...[
      instantText(item.at),
      item.channel,
      item.direction,
      item.isMissed ? 'yes' : 'no',
      optional(item.durationS),
    ],
    ...[item.customerId, item.accountId, item.name, item.number, item.address, item.accountName],
    ...[item.order?.source ?? null, item.order?.number ?? null, item.staff?.name ?? null],
    ...[item.summary, item.mood, optional(item.satisfaction), item.wantsAnswer ? 'yes' : 'no'],
    ...[item.answeredAt === null ? null : instantText(item.answeredAt), item.source],
  ];
}
