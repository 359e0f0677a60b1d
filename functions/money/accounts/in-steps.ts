import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { listed } from './account-columns.ts';

/** How many orders are held in memory at once, with all that was made of them; an account of more is held alone. */
const ORDERS_PER_STEP = 5000;

const countOrders = query((db) =>
  db
    .select({
      id: accounts.id,
      orders: sql<number>`(SELECT count(*) FROM orders WHERE root_id = accounts.id)`.mapWith(Number),
    })
    .from(accounts)
    .where(sql`${accounts.id} IN ${listed('ids')}`),
);

/** Some root accounts in the given sequence, in steps of as many as may be looked at together. */
export async function inSteps(
  db: Store,
  rootIds: readonly string[],
  ordersPerStep = ORDERS_PER_STEP,
): Promise<string[][]> {
  const counts = await countOrders(db, { ids: JSON.stringify(rootIds) });
  const ordersOf = new Map(counts.map(({ id, orders }) => [id, orders]));
  const steps: string[][] = [];
  let room = 0;
  for (const id of rootIds) {
    const orders = ordersOf.get(id) ?? 0;
    const step = steps.at(-1);
    if (step === undefined || orders > room) {
      steps.push([id]);
      room = ordersPerStep;
    } else step.push(id);
    room -= orders;
  }
  return steps;
}
