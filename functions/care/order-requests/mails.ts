import type { Mail } from '../../ground/outbox/queue-mail.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Business } from '../../money/business/business.ts';
import { findManagersOf } from '../../people/managers/find-manager.ts';
import type { OrderRequest } from './request.ts';

/** How many lines a mail shows. */
const LINES_MAX = 20;

/** To who asked, that it has come; and to whom it waits for. */
export async function placedMails(
  ctx: Context,
  business: Pick<Business, 'identity'>,
  request: OrderRequest,
): Promise<Mail[]> {
  const { customer, rootId } = request;
  const manager = (await findManagersOf(ctx, [customer.id]))(customer.id, rootId);
  const address = manager?.standIn?.email ?? manager?.email ?? business.identity.contact.email;
  const goods = goodsOf(request);
  const params = { ...toldOf(request), ...goods };
  return [
    { template: 'order_request_received', params: { ...params, rootId }, customerId: customer.id },
    // It goes to an address of the business, where no erasure looks for a customer: it names none.
    { template: 'order_request_waits', params: { ...params, ownReference: null }, address },
  ];
}

/** To who asked, what became of it. */
export function decidedMail(
  request: OrderRequest,
  {
    outcome,
    text,
    order,
  }: { outcome: 'answered' | 'declined'; text: string | null; order: { number: string } | null },
): Mail {
  const { customer, rootId } = request;
  const params = { ...toldOf(request), outcome, text, made: order?.number ?? null, rootId };
  return { template: 'order_request_decided', params, customerId: customer.id };
}

const toldOf = ({ reference, kind, order }: OrderRequest) => ({
  ...{ reference, kind, number: order?.number ?? null },
});

function goodsOf({ lines, total, ownReference, wishedOn }: OrderRequest) {
  const shown = lines.slice(0, LINES_MAX).map((line) => ({
    ...{ name: line.name, quantity: line.quantityMilli / 1000, amount: line.total },
  }));
  return { lines: shown, more: lines.length - shown.length, total, ownReference, wishedOn };
}
