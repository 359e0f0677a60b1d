import { statement } from '../../../../db/query.ts';

import type { Statement } from '../../../../db/store.ts';

import type { WaitingSale } from './sale.ts';

/** Goes before the order that the sale becomes; a trigger refuses that order while a sale of its name is there. */
export function removeSale({ order, version }: WaitingSale): Statement {
  return statement('DELETE FROM waiting_sales WHERE id = ? AND version = ?', order.id, version);
}
