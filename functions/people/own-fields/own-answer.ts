import type { z } from 'zod';
import type { Store } from '../../../db/store.ts';
import { listOwnFields, listOwnValues } from './list-own-fields.ts';
import { toJsonValue } from './own-field.ts';
import type { ownValuesAnswer } from './schema.ts';

export type OwnAnswer = z.infer<typeof ownValuesAnswer>;

/** What own fields hold of some customers, as programs are told it, by customer. */
export async function listOwnAnswers(
  db: Store,
  customerIds: readonly string[],
): Promise<(customerId: string) => OwnAnswer> {
  const [fields, values] = await Promise.all([listOwnFields(db), listOwnValues(db, customerIds)]);
  return (customerId) => {
    const own = values.get(customerId);
    const filled = fields.flatMap((field) => {
      const value = own?.get(field.key);
      return value === undefined ? [] : [[field.key, toJsonValue(field, value)] as const];
    });
    return Object.fromEntries(filled);
  };
}
