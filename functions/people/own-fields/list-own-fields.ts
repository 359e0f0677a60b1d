import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../../db/query.ts';
import { ownFields, ownFieldValues } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { OwnField } from './own-field.ts';

const names = z.record(z.string(), z.string());
const choices = z.array(z.string());

const listRows = query((db) =>
  db
    .select({
      key: ownFields.key,
      kind: ownFields.kind,
      names: ownFields.names,
      choices: ownFields.choices,
      customers: ownFields.customers,
    })
    .from(ownFields)
    .orderBy(asc(ownFields.key)),
);

/** What the business defined, by key. */
export async function listOwnFields(db: Store): Promise<OwnField[]> {
  const rows = await listRows(db);
  return rows.map((row) => ({
    ...row,
    names: names.parse(JSON.parse(row.names)),
    choices: choices.parse(JSON.parse(row.choices)),
  }));
}

const listValues = query((db) =>
  db
    .select({
      customerId: ownFieldValues.customerId,
      key: ownFieldValues.fieldKey,
      value: ownFieldValues.value,
    })
    .from(ownFieldValues)
    .where(sql`${ownFieldValues.customerId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);

/** What is kept of some customers, by customer and key. */
export async function listOwnValues(
  db: Store,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const rows = customerIds.length === 0 ? [] : await listValues(db, { ids: JSON.stringify(customerIds) });
  const found = new Map<string, Map<string, string>>();
  for (const { customerId, key, value } of rows) {
    const own = found.get(customerId) ?? new Map<string, string>();
    found.set(customerId, own.set(key, value));
  }
  return found;
}

const countRows = query((db) =>
  db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(ownFieldValues)
    .where(eq(ownFieldValues.fieldKey, sql.placeholder('key'))),
);

/** Of how many customers something is kept in a field. */
export async function countOwnValues(db: Store, key: string): Promise<number> {
  return (await countRows(db, { key }))[0]?.rows ?? 0;
}
