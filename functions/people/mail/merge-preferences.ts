import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { choosableTopics } from '../../ground/outbox/letter-kind.ts';
import { newId } from '../../ground/platform/ids.ts';

/** Two customers who become one, or who were and are two again; when, and by whom. */
interface Two {
  survivorId: string;
  mergedId: string;
  now: number;
  actor: string;
}

const newestOf = `(SELECT max(id) FROM mail_preferences WHERE customer_id = ? AND topic = ?)`;

/**
 * A topic that either of them switched off is off for the survivor. `remember` is given the rows by which it is, as a query
 * that has to be written after them. News is a consent and none of these.
 */
export function mergePreferences(
  { survivorId, mergedId, now, actor }: Two,
  remember: (keys: Statement) => Statement,
): Statement[] {
  const made = choosableTopics.map((topic) => ({ id: newId(), topic }));
  const rows = made.map(({ id, topic }) =>
    statement(
      `INSERT INTO mail_preferences (id, customer_id, topic, is_on, source, at, actor)
       SELECT ?, ?, topic, 0, source, ?, ? FROM mail_preferences WHERE id = ${newestOf} AND is_on = 0
         AND coalesce((SELECT is_on FROM mail_preferences WHERE id = ${newestOf}), 1) = 1`,
      ...[id, survivorId, now, actor, mergedId, topic, survivorId, topic],
    ),
  );
  const ids = JSON.stringify(made.map(({ id }) => id));
  return [
    ...rows,
    remember(
      statement(
        `SELECT mail_preferences.id FROM json_each(?) AS made CROSS JOIN mail_preferences ON mail_preferences.id = made.value`,
        ids,
      ),
    ),
  ];
}

/** What the survivor had said holds again of topics where one of the remembered `keys` is still the newest word. */
export function splitPreferences(
  { survivorId, now, actor }: Pick<Two, 'survivorId' | 'now' | 'actor'>,
  keys: Statement,
): Statement[] {
  return choosableTopics.map((topic) =>
    statement(
      `INSERT INTO mail_preferences (id, customer_id, topic, is_on, source, at, actor)
       SELECT ?, customer_id, topic, 1, source, ?, ? FROM mail_preferences
       WHERE id = ${newestOf} AND id IN (${keys.sql})`,
      ...[newId(), now, actor, survivorId, topic, ...keys.args],
    ),
  );
}
