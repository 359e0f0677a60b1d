import { sql } from 'drizzle-orm';
import type { SegmentField, SegmentFieldsOf, SegmentValueKind } from '../../ground/segments/segment-field.ts';
import { peopleRows } from '../../money/accounts/people-sql.ts';
import { listOwnFields } from './list-own-fields.ts';
import type { OwnFieldKind } from './own-field.ts';

const kinds: Record<OwnFieldKind, SegmentValueKind> = {
  text: 'text',
  number: 'number',
  day: 'day',
  choice: 'choice',
  yes_no: 'flag',
};

/** What the business defined about its customers, as segments ask for it: `own.KEY`. */
export const ownSegmentFields: SegmentFieldsOf = async ({ db }) => {
  const fields = await listOwnFields(db);
  return fields.map(({ key, kind, names, choices }): SegmentField => {
    const joined = sql`LEFT JOIN own_field_values AS w ON w.customer_id = c.id AND w.field_key = ${key}`;
    const value = kind === 'yes_no' ? sql`CASE w.value WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END` : sql`w.value`;
    return {
      ...{ name: `own.${key}`, kind: kinds[kind], names, isOfPeople: true, isPrivate: true },
      ...(kind === 'choice' ? { choices } : {}),
      source: (asked) => ({ rows: peopleRows(asked, value, joined) }),
    };
  });
};
