import type { OrderBrief } from '../../functions/portal/types.ts';
import type { Formats } from '../format.ts';
import type { Messages } from '../locale.ts';

export function orderHref({ source, number }: { source: string; number: string }): string {
  return `/account/orders/${encodeURIComponent(source)}/${encodeURIComponent(number)}`;
}

/** What a customer knows an order by: its first product, and how many more there are. */
export function orderTitle(order: OrderBrief, t: Messages, formats: Formats): string {
  const { firstProduct, itemCount, number } = order;
  if (firstProduct === null) return t.order_number({ number });
  const more = itemCount - 1;
  return more < 1 ? firstProduct : t.and_more({ product: firstProduct, n: formats.number(more) });
}

/** Orders to choose from in a form, each by its business key in JSON. */
export function orderChoices(
  orders: readonly OrderBrief[],
  t: Messages,
  formats: Formats,
): { value: string; text: string }[] {
  return orders.map((order) => ({
    value: JSON.stringify([order.source, order.number]),
    text: `${order.number} · ${formats.dayOf(order.placedAt)} · ${orderTitle(order, t, formats)}`,
  }));
}
