import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { orders } from '../../../db/schema/index.ts';
import { businessKeys } from './queries.ts';

/** Orders by `(source, number)`. `keys` is a JSON array of pairs. */
export const listOrdersByKey = query((db) =>
  db.select().from(orders).where(sql`(${orders.source}, ${orders.number}) IN ${businessKeys}`),
);
