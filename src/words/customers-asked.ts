import { askedNames, type CustomersAsked } from '../../functions/desk/console/customers/read-filter.ts';

/** What an address asks of the list of customers. */
export function customersAsked(query: URLSearchParams): CustomersAsked {
  const none: CustomersAsked = {
    ...{ search: '', company: '', kind: '', club: '', member: '', debt: '', lapsed: '', news: '' },
    ...{ from: '', to: '', lastSince: '', lastUntil: '', joinedSince: '', joinedUntil: '' },
    ...{ own: '', value: '', manager: '', sort: '', order: '' },
  };
  for (const name of askedNames) none[name] = query.get(name)?.slice(0, 200) ?? '';
  return none;
}

/** The columns that it chose. */
export const columnsAsked = (query: URLSearchParams): string[] => query.getAll('show').slice(0, 100);
