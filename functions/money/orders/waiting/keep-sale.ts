import { insertInto } from '../../../../db/query.ts';
import { waitingSales } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { spendOf, stateOf } from '../order-state.ts';
import { packState, type WaitingSale } from './sale.ts';

/** A version that does not follow the kept one becomes NULL, which the column refuses: somebody else was faster. */
const upsert = insertInto(
  waitingSales,
  `ON CONFLICT (id) DO UPDATE SET spend_minor = excluded.spend_minor, state = excluded.state,
  version = CASE WHEN version = excluded.version - 1 THEN excluded.version END`,
);

/** Keeps a sale that is new, or whose `version` was raised by one. */
export function keepSale(sale: WaitingSale): Statement {
  const { order, receiptCode, version, actor } = sale;
  const { id, source, number, currency, importId, recordedAt } = order;
  return upsert({
    ...{ id, source, number, receiptCode, currency, version, importId, recordedAt, actor },
    placedAt: order.placedAt.at,
    spendMinor: spendOf(stateOf(order)),
    state: packState(sale),
  });
}
