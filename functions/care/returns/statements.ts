import { insertInto, statement } from '../../../db/query.ts';
import { returnEvents, returnFiles, returnLines, returns } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { ReturnState } from './state.ts';

export const insertReturn = insertInto(returns);
export const insertReturnLine = insertInto(returnLines);
export const insertReturnEvent = insertInto(returnEvents);
export const insertReturnFile = insertInto(returnFiles);

/** What the database says when more would go back than was bought. */
export const TOO_MANY = 'returned_quantities_bought';

/** Takes so many of a line, or gives some free again where negative. */
export function takeQuantity(line: {
  orderId: string;
  lineId: string;
  milli: number;
  boughtMilli: number;
}): Statement {
  return statement(
    `INSERT INTO returned_quantities (order_id, line_id, taken_milli, bought_milli) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET taken_milli = taken_milli + excluded.taken_milli`,
    ...[line.orderId, line.lineId, line.milli, line.boughtMilli],
  );
}

export function freeQuantity(line: { orderId: string; lineId: string; milli: number }): Statement {
  return statement(
    'UPDATE returned_quantities SET taken_milli = taken_milli - ? WHERE order_id = ? AND line_id = ?',
    ...[line.milli, line.orderId, line.lineId],
  );
}

/** Moves a return on; its event, which is written beside, keeps a second one out. */
export function moveReturn(id: string, { state, seq, at }: { state: ReturnState; seq: number; at: number }) {
  return statement('UPDATE returns SET state = ?, seq = ?, state_at = ? WHERE id = ?', state, seq, at, id);
}
