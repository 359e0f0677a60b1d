import { sql } from 'drizzle-orm';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { MANAGER_FIELD } from './rules.ts';

/** In whose hands root accounts are, by the email of the member of the team. */
export const managerFields: readonly SegmentField[] = [
  {
    ...{ name: MANAGER_FIELD, kind: 'text', isPrivate: true },
    source: ({ among }) => ({
      rows: sql`SELECT m.account_id AS root_id, s.email AS value FROM account_managers AS m
        JOIN staff AS s ON s.id = m.staff_id WHERE m.ended_at IS NULL AND ${among(sql`m.account_id`)}`,
    }),
  },
];
