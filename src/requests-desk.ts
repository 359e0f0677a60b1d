import { answerOrderRequest, declineOrderRequest } from '../functions/care/order-requests/answer-request.ts';
import type { OrderRequest } from '../functions/care/order-requests/request.ts';
import { NOTE_LENGTH_MAX } from '../functions/care/order-requests/schema.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';

/** A form of a request's page, done or refused. */
export async function postToRequest(
  ctx: Context,
  t: Messages,
  {
    request: { id, kind },
    fields,
  }: { request: Pick<OrderRequest, 'id' | 'kind'>; fields: ReadonlyMap<string, string> },
): Promise<{ done: true } | { errors: FormError[] }> {
  const act = fields.get('do') ?? '';
  // A form that names no act, or one of another kind of request, does nothing.
  const acts = kind === 'cancel' ? ['cancel', 'decline'] : ['link', 'answer', 'decline'];
  const value = (name: string) => fields.get(name) || null;
  const [source, number] = [value('source'), value('number')];
  const text = value(act === 'decline' ? 'why' : act === 'link' || act === 'cancel' ? 'beside' : 'text');
  const order = act === 'link' ? { source: source ?? '', number: number ?? '' } : null;
  if (!acts.includes(act)) return { errors: [{ field: 'main', text: t.form_again() }] };
  if (act === 'decline' && text === null)
    return { errors: [{ field: 'why', text: t.requests_desk_wrong_text({ max: NOTE_LENGTH_MAX }) }] };
  const work =
    act === 'decline'
      ? declineOrderRequest(ctx, { id, text: text ?? '' })
      : answerOrderRequest(ctx, { id, order, text });
  const done = await attempt(work, {
    validation_failed: null,
    already_decided: t.requests_over(),
    not_found: t.requests_desk_wrong_order(),
  });
  if (done.ok) return { done: true };
  if (done.reason !== null) return { errors: [{ field: 'main', text: done.reason }] };
  const [wrongOrder] = done.errors.filter(({ path }) => path === 'order');
  if (act === 'cancel' && wrongOrder !== undefined) {
    const packed = wrongOrder.code === 'packed';
    return { errors: [{ field: 'main', text: packed ? t.requests_desk_packed() : t.requests_desk_moved() }] };
  }
  return {
    errors: fieldErrors(t, done.errors, {
      text: {
        field: 'text',
        label: t.requests_desk_text(),
        rule: t.requests_desk_wrong_text({ max: NOTE_LENGTH_MAX }),
      },
      order: {
        field: 'number',
        label: t.requests_desk_number(),
        rule: t.requests_desk_wrong_order(),
        byCode: { order_of_another_account: t.requests_desk_wrong_account() },
      },
    }),
  };
}
