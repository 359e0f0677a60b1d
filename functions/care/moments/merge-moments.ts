import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';

/** Two customers who become one, or who were and are two again. */
interface Two {
  survivorId: string;
  mergedId: string;
}

/** What notices of moments begin with; the account in some of them is another one then, and tells nobody twice either. */
const subjects = [
  'query_thanks',
  'second_purchase',
  'reorder',
  'referral_ask',
  'testimonial_ask',
  'late_parcel',
  'social_thanks',
];

/**
 * Whatever moments told either counts as told, and what either does for the business elsewhere is the survivor's, unless the same is
 * already. `remember` is given the signs, to be written first.
 */
export function mergeMoments(
  { survivorId, mergedId }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  const moved = `SELECT s.id FROM social_signs AS s WHERE s.customer_id = ? AND NOT EXISTS (SELECT 1 FROM social_signs AS o
    WHERE o.customer_id = ? AND o.kind = 'follow' AND s.kind = 'follow' AND o.place = s.place)`;
  return [
    remember(statement(moved, mergedId, survivorId)),
    statement(
      `UPDATE social_signs SET customer_id = ? WHERE id IN (${moved})`,
      ...[survivorId, mergedId, survivorId],
    ),
    statement(
      `INSERT INTO notices (subject, reader, at) SELECT n.subject, ?, n.at FROM notices AS n
       WHERE n.reader = ? AND EXISTS (SELECT 1 FROM json_each(?) AS j WHERE n.subject LIKE j.value || ' %') ON CONFLICT DO NOTHING`,
      ...[survivorId, mergedId, JSON.stringify(subjects)],
    ),
  ];
}

/** The remembered signs go back; what was told stays told. */
export function splitMoments({ survivorId, mergedId }: Two, keys: Statement): Statement {
  return statement(
    `UPDATE social_signs SET customer_id = ? WHERE customer_id = ? AND id IN (${keys.sql})`,
    ...[mergedId, survivorId, ...keys.args],
  );
}
