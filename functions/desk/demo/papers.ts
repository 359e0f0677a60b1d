import { DAY_MS } from '../../ground/platform/calendar.ts';
import { issueInvoice } from '../../reach/papers/issue-invoice.ts';
import { listOrders } from '../portal/list-orders.ts';
import { ownContext } from './own-context.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';

const asked = { accountId: null, search: null, state: null, year: null, page: 1 };

/** Anna and Viktor ask for invoices: of what came last, and of one order on which money was given back. */
export function paperStories(now: number): DemoHappening[] {
  const issued = (days: number, email: string): DemoHappening => {
    const at = now - days * DAY_MS;
    return {
      at,
      run: async (ctx) => {
        const customer = await ownContext({ ...ctx, now: () => at }, email);
        const { items } = await listOrders(customer, asked);
        const order = items.find(({ status }) => status === 'delivered' || status === 'partly_refunded');
        if (order !== undefined) await issueInvoice(customer, order);
      },
    };
  };
  return [issued(60, people.viktor.email), issued(29, people.anna.email), issued(6, people.anna.email)];
}
