import { requestCancellation } from '../functions/care/order-requests/request-cancellation.ts';
import { NOTE_LENGTH_MAX } from '../functions/care/order-requests/schema.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { archiveOrder } from '../functions/people/order-archive/archive-order.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';
import { orderHref } from './words/order.ts';

/** A form of the customer's own order page: the page to go on with, or what speaks against it. */
export async function postToOwnOrder(
  ctx: Context,
  t: Messages,
  { key, fields }: { key: { source: string; number: string }; fields: ReadonlyMap<string, string> },
): Promise<{ next: string } | { errors: FormError[]; retry_after_s: number | null }> {
  const act = fields.get('do');
  if (act === 'archive' || act === 'unarchive')
    return archive(ctx, t, { ...key, archived: act === 'archive' });
  const asked = { ...key, note: fields.get('note') || null, key: fields.get('key') ?? '' };
  const done = await attempt(requestCancellation(ctx, asked), {
    '.order:packed': t.requests_cancel_packed(),
    '.order:cancelled': t.requests_cancel_over(),
    '.order:asked_already': t.requests_cancel_asked(),
    '.note': t.reorder_wrong_length({ max: NOTE_LENGTH_MAX }),
    validation_failed: t.form_again(),
    forbidden: t.requests_forbidden(),
    not_found: t.form_again(),
    too_many_requests: t.reorder_too_often(),
    idempotency_key_reused: t.form_again(),
  });
  if (done.ok) return { next: `/account/requests/${done.output.reference}?done=sent` };
  return { errors: [{ field: 'note', text: done.reason }], retry_after_s: done.retry_after_s };
}

async function archive(
  ctx: Context,
  t: Messages,
  asked: { source: string; number: string; archived: boolean },
) {
  const done = await attempt(archiveOrder(ctx, asked), {
    forbidden: t.requests_forbidden(),
    not_found: t.form_again(),
  });
  if (done.ok) return { next: `${orderHref(asked)}?done=${asked.archived ? 'archived' : 'unarchived'}` };
  return { errors: [{ field: 'main', text: done.reason }], retry_after_s: done.retry_after_s };
}
