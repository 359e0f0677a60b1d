import { type SQL, sql } from 'drizzle-orm';

/** Of the contact `k`, who of the staff is to answer it: who did, else who was given what is to be done, else whom it was with. */
export const whoseToAnswer: SQL = sql`coalesce(CASE WHEN k.answered_at IS NOT NULL THEN k.answered_by END,
  (SELECT t.staff_id FROM contact_tasks AS t WHERE t.contact_id = k.id AND t.kind <> 'next_step' ORDER BY t.id LIMIT 1), k.staff_id)`;
