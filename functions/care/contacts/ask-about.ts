import { sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { isToBeAsked } from '../../voice/surveys/due.ts';
import type { SurveyOccasion } from '../../voice/surveys/occasion.ts';

/** At once; whoever is left is found again by the next run. */
const STEP = 200;
/** What was answered later than so is asked about no more. */
const ANSWERED_WITHIN_MS = 14 * DAY_MS;
const PREFIX = 'contact ';

const occasion = sql`${sql.raw(`'${PREFIX}'`)} || k.id`;

/**
 * Contacts with somebody of the staff that came to an end: talks, and messages and mails once they are answered. Those about
 * which they said already how satisfied they are, and those that anything has asked about, are left alone.
 */
const listDueContacts = query((db) =>
  db
    .select({
      customerId: sql<string>`k.customer_id`,
      rootId: sql<string>`k.root_id`,
      occasion: sql<string>`${occasion}`,
    })
    .from(sql`contacts AS k JOIN customers AS c ON c.id = k.customer_id AND c.claimed_at IS NOT NULL`)
    .where(
      sql`k.at > ${sql.placeholder('earliest')} AND k.at <= ${sql.placeholder('until')}
        AND CASE WHEN k.wants_answer = 1 THEN k.answered_at ELSE k.at END > ${sql.placeholder('since')}
        AND CASE WHEN k.wants_answer = 1 THEN k.answered_at ELSE k.at END <= ${sql.placeholder('until')}
        AND k.root_id IS NOT NULL AND k.withdrawn_at IS NULL AND k.is_missed = 0 AND k.satisfaction IS NULL
        AND (k.channel IN ('phone', 'meeting', 'visit', 'message') OR (k.channel = 'mail' AND k.direction = 'in'))
        AND NOT EXISTS (SELECT 1 FROM contact_entries AS e WHERE e.contact_id = k.id AND e.kind = 'rated')
        AND ${isToBeAsked(sql`k.customer_id`, occasion, 'any')}`,
    )
    .orderBy(sql`k.at, k.id`)
    .limit(STEP),
);

/** A survey of one question after a contact, and its answer as what they said of it. */
export const contactOccasion: SurveyOccasion = {
  ...{ trigger: 'after_contact', reason: 'contact' },
  listDue: (db, window) => listDueContacts(db, { ...window, earliest: window.since - ANSWERED_WITHIN_MS }),
  rate: ({ occasion: asked, ...told }) =>
    asked.startsWith(PREFIX) ? rateContact({ ...told, id: asked.slice(PREFIX.length) }) : [],
};

/** An entry of the contact like any other, and what stands in its row; whatever stood there before is kept in the entry before. */
function rateContact({
  id,
  value,
  at,
  actor,
}: {
  id: string;
  value: number;
  at: number;
  actor: string;
}): Statement[] {
  const isOne = 'id = ? AND withdrawn_at IS NULL';
  return [
    statement(
      `INSERT INTO contact_entries (contact_id, seq, kind, content, at, actor)
       SELECT id, entry_seq + 1, 'rated', json_object('channel', channel, 'direction', direction,
         'isMissed', json(CASE is_missed WHEN 1 THEN 'true' ELSE 'false' END), 'at', at, 'durationS', duration_s,
         'staffId', staff_id, 'summary', summary, 'mood', mood, 'satisfaction', ?), ?, ? FROM contacts WHERE ${isOne}`,
      ...[BigInt(value), at, actor, id],
    ),
    statement(
      `UPDATE contacts SET satisfaction = ?, entry_seq = entry_seq + 1 WHERE ${isOne}`,
      ...[BigInt(value), id],
    ),
  ];
}
