import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

/**
 * What own fields hold of the merged customer and not of the survivor becomes the survivor's, too. `remember` is given the
 * keys of those fields, as a query that has to be written first.
 */
export function mergeOwnValues(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  return [
    remember(
      statement(
        `SELECT field_key FROM own_field_values WHERE customer_id = ?
         AND field_key NOT IN (SELECT field_key FROM own_field_values WHERE customer_id = ?)`,
        mergedId,
        survivorId,
      ),
    ),
    statement(
      `INSERT INTO own_field_values (customer_id, field_key, value, at, actor)
       SELECT ?, field_key, value, at, actor FROM own_field_values WHERE customer_id = ? ON CONFLICT DO NOTHING`,
      survivorId,
      mergedId,
    ),
  ];
}

/** The survivor's fields among the remembered `keys` are empty again, unless they hold something else by now. */
export function splitOwnValues({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return statement(
    `DELETE FROM own_field_values WHERE customer_id = ? AND field_key IN (${keys.sql})
     AND value = (SELECT value FROM own_field_values AS own
       WHERE own.customer_id = ? AND own.field_key = own_field_values.field_key)`,
    survivorId,
    ...keys.args,
    mergedId,
  );
}
