import type { OrderBrief } from '../../functions/desk/portal/order-types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

/** The address of an order's page, whatever characters its number has. */
export function orderHref({ source, number }: { source: string; number: string }): string {
  return `/account/orders/${encoded(source)}/${encoded(number)}`;
}

/** The address of its page for staff. */
export function consoleOrderHref({ source, number }: { source: string; number: string }): string {
  return `/console/orders/${encoded(source)}/${encoded(number)}`;
}

/** An end in `.html` would be taken for that of a built page. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/\.html$/, '%2Ehtml');
}

/**
 * The order that an address means. Astro's own parameters leave `#`, `/`, `?`, `&` and `+` encoded and decode `%` as often
 * as they can, so the address is read as it was asked for. Null for one that nothing could be encoded to.
 */
export function orderKeyIn(url: string): { source: string; number: string } | null {
  const [source = '', number = ''] = url.split(/\/(?:account|console)\/orders\//)[1]?.split(/[/?#]/) ?? [];
  try {
    return { source: decodeURIComponent(source), number: decodeURIComponent(number) };
  } catch {
    return null;
  }
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
