import { requestCancellation } from '../functions/care/order-requests/request-cancellation.ts';
import { NOTE_LENGTH_MAX } from '../functions/care/order-requests/schema.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

/** A form of the customer's own order page: the page of the request that came of it, or what speaks against it. */
export async function postToOwnOrder(
  ctx: Context,
  t: Messages,
  { key, fields }: { key: { source: string; number: string }; fields: ReadonlyMap<string, string> },
): Promise<{ made: string } | { errors: FormError[]; retry_after_s: number | null }> {
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
  });
  if (done.ok) return { made: `/account/requests/${done.output.reference}` };
  return { errors: [{ field: 'note', text: done.reason }], retry_after_s: done.retry_after_s };
}
