import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allowProven, allowRole } from '../../../ground/platform/allow.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';
import { type LookItem, type LooksAsked, listLooks } from './list-looks.ts';

const ROWS_PER_STEP = 500;

const columns = ['at', 'by', 'name', 'what', 'customer_id', 'customer', 'email'] as const;

/**
 * The looks that owners see as a CSV, the newest first; who took it stands in the log.
 * @throws {AppError} as `listLooks`, and `proof_needed`
 */
export async function downloadLooks(
  ctx: Context,
  asked: Omit<LooksAsked, 'after' | 'limit'>,
): Promise<ReadableStream<Uint8Array>> {
  allowRole(ctx.actor, ['owner']);
  allowProven(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'looks.exported', subjectKind: 'export', subjectId: 'looks' },
  });
  return streamOf(writeRows({ columns, pages: pagesOf(ctx, asked) }, 'csv'));
}

async function* pagesOf(
  ctx: Context,
  asked: Omit<LooksAsked, 'after' | 'limit'>,
): AsyncGenerator<SheetRow[]> {
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listLooks>> = await listLooks(ctx, {
      ...asked,
      after,
      limit: ROWS_PER_STEP,
    });
    yield page.items.map(rowOf);
    if (page.next === null) return;
    after = page.next;
  }
}

const rowOf = ({ at, actor, customer, what }: LookItem): SheetRow => [
  ...[instantText(at), actor.kind, actor.name, what],
  ...[customer.id, customer.name, customer.email],
];
