import { askedNames, type OrdersAsked } from '../../functions/desk/console/orders/read-filter.ts';

/** What an address asks of the list of orders. */
export function ordersAsked(query: URLSearchParams): OrdersAsked {
  const none: OrdersAsked = {
    ...{ search: '', since: '', until: '', state: '', source: '' },
    ...{ currency: '', from: '', to: '', promise: '', customer: '' },
  };
  for (const name of askedNames) none[name] = query.get(name)?.slice(0, 100) ?? '';
  return none;
}
