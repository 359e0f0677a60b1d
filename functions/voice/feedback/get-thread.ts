import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { cases, causes, feedback, orderLines, orders } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { readCauseText } from './causes/list-causes.ts';
import { findOwn, type OwnReference } from './own-feedback.ts';
import { type FeedbackRow, listAttachments, listMessages } from './queries.ts';
import { type AttachmentView, summaryOf, type Thread, type ThreadMessage } from './types.ts';

/** One feedback of whoever asks, with all that was said since. @throws {AppError} `not_found` */
export async function getThread(ctx: Context, asked: OwnReference): Promise<Thread> {
  const reference = normalCode(asked.reference);
  const [row, messages, files, [decided]] = await Promise.all([
    findOwn(ctx, asked),
    listMessages(ctx.db, { reference }),
    listAttachments(ctx.db, { reference }),
    findDecided(ctx.db, { reference }),
  ]);
  const seen = messages
    .filter(({ isInternal }) => !isInternal)
    .map((message) => ({ ...message, by: null, leftOut: [] }));
  const thread = threadOf(ctx, { row, messages: seen, files, product: await productOf(ctx, row) });
  const said = decided === undefined ? null : readCauseText(decided.text);
  return decided?.outcome === 'changed' ? { ...thread, changed: said } : { ...thread, declined: said };
}

/** What became of the cause it was about, once that is over. */
const findDecided = query((db) =>
  db
    .select({ text: sql<string>`${causes.changeText}`, outcome: causes.outcome })
    .from(feedback)
    .innerJoin(cases, eq(cases.feedbackId, feedback.id))
    .innerJoin(causes, eq(causes.id, cases.causeId))
    .where(and(eq(feedback.reference, sql.placeholder('reference')), isNotNull(causes.outcome))),
);

type FileRow = Awaited<ReturnType<typeof listAttachments>>[number];

/** The parts of a thread put together. */
export function threadOf(
  ctx: Pick<Context, 'files' | 'now'>,
  parts: {
    row: FeedbackRow;
    messages: readonly Omit<ThreadMessage, 'attachments'>[];
    files: readonly FileRow[];
    product: string | null;
  },
): Thread {
  const { row, messages, files, product } = parts;
  const filesOf = (id: string | null) => files.filter(({ messageId }) => messageId === id).map(fileView);
  const { orderSource, orderNumber, servedBy, product: named, page, wantsReply } = row;
  return {
    ...summaryOf(row),
    wantsReply,
    about: {
      order:
        orderSource === null || orderNumber === null ? null : { source: orderSource, number: orderNumber },
      line: product ?? row.lineId,
      parcel: row.parcel,
      servedBy,
      product: named,
      page,
    },
    attachments: filesOf(null),
    messages: messages.map(({ id, from, isInternal, text, quoted, at, by, leftOut, place, url }) => ({
      ...{ id, from, isInternal, text, quoted, at, by, leftOut, place, url },
      attachments: filesOf(id),
    })),
    isOverdue: row.case !== null && row.case.replyDueAt !== null && row.case.replyDueAt <= ctx.now(),
    takesFiles: ctx.files !== null,
    declined: null,
    changed: null,
  };
}

const shown: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

/** Whether a browser shows it by itself. */
export const isPicture = (mediaType: string) => shown.includes(mediaType);

function fileView({ id, name, mediaType, sizeBytes }: FileRow): AttachmentView {
  return { id, name, isPicture: isPicture(mediaType), sizeBytes };
}

const findProduct = query((db) =>
  db
    .select({ product: orderLines.product })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(
      and(
        eq(orders.source, sql.placeholder('source')),
        eq(orders.number, sql.placeholder('number')),
        eq(orderLines.lineId, sql.placeholder('line')),
      ),
    ),
);

/** What the line of an order is called that feedback is about. */
export async function productOf(
  { db }: Context,
  { orderSource: source, orderNumber: number, lineId: line }: FeedbackRow,
): Promise<string | null> {
  if (source === null || number === null || line === null) return null;
  const [found] = await findProduct(db, { source, number, line });
  return found?.product ?? null;
}
