import type { Context } from '../../ground/platform/context.ts';
import { listOrderPeople } from '../../money/orders/list-order-people.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import { listSalesByKey } from '../../money/orders/waiting/find-sales.ts';
import { draftOf } from '../../money/orders/waiting/sale.ts';
import { numbersNamed } from './join-credits.ts';
import { type KeptOrder, keptDraft } from './kept-draft.ts';
import type { StagedAccount } from './staged-accounts.ts';

/** The kept order that credit notes of nobody are of, as a sale of nobody or as what it is by now; none when nobody told it. */
export async function loadNamed(ctx: Context, { orders, credits }: StagedAccount): Promise<KeptOrder[]> {
  const db = ctx.db.fresh;
  const named = [
    ...orders.map(({ source, number }) => ({ source, number, isSure: true })),
    ...credits.flatMap((credit) => numbersNamed(credit).map((one) => ({ source: credit.source, ...one }))),
  ];
  const keys = JSON.stringify(named.map(({ source, number }) => [source, number]));
  const [sales, people, kept] = await Promise.all([
    listSalesByKey(db, { keys }),
    listOrderPeople(db, { keys }),
    loadOrders(db, named),
  ]);
  for (const one of named) {
    const sale = sales.find(({ order }) => orderKey(order) === orderKey(one));
    if (sale !== undefined) {
      const { order, customerName, account, department } = sale;
      return [
        { order, draft: draftOf(order, { buyer: { kind: 'nobody' }, customerName, account, department }) },
      ];
    }
    const order = kept.get(orderKey(one));
    const person = people.find((owner) => orderKey(owner) === orderKey(one));
    if (one.isSure && order !== undefined && person !== undefined)
      return [{ order, draft: keptDraft(order, person) }];
  }
  return [];
}
