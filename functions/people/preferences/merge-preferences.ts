import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { subjects } from '../../ground/outbox/topics.ts';
import { newId } from '../../ground/platform/ids.ts';

/** Two customers who become one, or who were and are two again; when, and by whom. */
interface Two {
  survivorId: string;
  mergedId: string;
  now: number;
  actor: string;
}

type Remember = (kind: 'preferences' | 'general_preferences') => (keys: Statement) => Statement;

const newestOf = `(SELECT max(id) FROM preferences WHERE customer_id = ? AND topic = ? AND channel = ?)`;
const newestGeneral = `(SELECT max(id) FROM general_preferences WHERE customer_id = ?)`;

/** Of two limits the smaller one, and one rather than none. */
const stricter = (one: string, other: string) =>
  `CASE WHEN ${one} IS NULL OR ${other} < ${one} THEN ${other} ELSE ${one} END`;
/** Of two days the later one, and one rather than none. */
const later = (one: string, other: string) =>
  `CASE WHEN ${one} IS NULL OR ${other} > ${one} THEN ${other} ELSE ${one} END`;

/** No offers where either wants none, else what either said. */
const mergedOffers = 'CASE WHEN 0 IN (s.offers, m.offers) THEN 0 ELSE coalesce(s.offers, m.offers) END';

/**
 * The stricter word of the two is the survivor's: what either did not want, offers among it, the longer pause, the smaller limit, plain mail; and
 * what reached either counts, once however often they are merged. `remember` is given the rows by which it is, as a query that has to be written after them. News is a consent and
 * none of these, but how often it may come is.
 */
export function mergePreferences(two: Two, remember: Remember): Statement[] {
  const { survivorId, mergedId } = two;
  const made = subjects.map((subject) => ({ id: newId(), ...subject }));
  const general = newId();
  return [
    ...made.map((one) => mergeWish(two, one)),
    remember('preferences')(
      keysIn(
        'preferences',
        made.map(({ id }) => id),
      ),
    ),
    mergeGeneral(two, general),
    remember('general_preferences')(keysIn('general_preferences', [general])),
    statement(
      `INSERT INTO tellings (id, customer_id, topic, channel, at)
       SELECT 'merged:' || ? || ':' || id, ?, topic, channel, at FROM tellings WHERE customer_id = ?
       ON CONFLICT (id) DO NOTHING`,
      ...[survivorId, survivorId, mergedId],
    ),
  ];
}

function mergeWish(
  { survivorId, mergedId, now, actor }: Two,
  { id, topic, channel }: { id: string; topic: string; channel: string },
): Statement {
  return statement(
    `INSERT INTO preferences (id, customer_id, topic, channel, is_on, paused_until, month_max, source, at, actor)
     SELECT ?, ?, m.topic, m.channel, min(m.is_on, coalesce(s.is_on, 1)), ${later('s.paused_until', 'm.paused_until')},
       ${stricter('s.month_max', 'm.month_max')}, 'merge', ?, ?
     FROM preferences AS m LEFT JOIN preferences AS s ON s.id = ${newestOf} WHERE m.id = ${newestOf}
       AND (m.is_on < coalesce(s.is_on, 1) OR m.paused_until > coalesce(s.paused_until, '')
         OR m.month_max < coalesce(s.month_max, 999))`,
    ...[id, survivorId, now, actor, survivorId, topic, channel, mergedId, topic, channel],
  );
}

function mergeGeneral({ survivorId, mergedId, now, actor }: Two, id: string): Statement {
  return statement(
    `INSERT INTO general_preferences (id, customer_id, paused_until, week_max, format, offers, source, at, actor)
     SELECT ?, ?, ${later('s.paused_until', 'm.paused_until')}, ${stricter('s.week_max', 'm.week_max')},
       CASE WHEN 'plain' IN (s.format, m.format) THEN 'plain' ELSE 'full' END, ${mergedOffers}, 'merge', ?, ?
     FROM general_preferences AS m LEFT JOIN general_preferences AS s ON s.id = ${newestGeneral}
     WHERE m.id = ${newestGeneral} AND (s.id IS NULL OR m.paused_until > coalesce(s.paused_until, '')
       OR m.week_max < coalesce(s.week_max, 999) OR (m.format = 'plain' AND s.format <> 'plain')
       OR ${mergedOffers} IS NOT s.offers)`,
    ...[id, survivorId, now, actor, survivorId, mergedId],
  );
}

/**
 * What the survivor had said before holds again, where one of the remembered rows is still the newest word. What reached
 * either goes on counting for the survivor until it is past.
 */
export function splitPreferences(
  { survivorId, now, actor }: Pick<Two, 'survivorId' | 'now' | 'actor'>,
  kept: (kind: 'preferences' | 'general_preferences') => Statement,
): Statement[] {
  const wishes = kept('preferences');
  const general = kept('general_preferences');
  const before = (table: string, where: string) =>
    `LEFT JOIN ${table} AS b ON b.id = (SELECT max(id) FROM ${table} WHERE ${where} AND id < m.id)`;
  return [
    ...subjects.map(({ topic, channel }) =>
      statement(
        `INSERT INTO preferences (id, customer_id, topic, channel, is_on, paused_until, month_max, source, at, actor)
         SELECT ?, m.customer_id, m.topic, m.channel, coalesce(b.is_on, 1), b.paused_until, b.month_max, 'merge', ?, ?
         FROM preferences AS m ${before('preferences', 'customer_id = m.customer_id AND topic = m.topic AND channel = m.channel')}
         WHERE m.id = ${newestOf} AND m.id IN (${wishes.sql})`,
        ...[newId(), now, actor, survivorId, topic, channel, ...wishes.args],
      ),
    ),
    statement(
      `INSERT INTO general_preferences (id, customer_id, paused_until, week_max, format, offers, source, at, actor)
       SELECT ?, m.customer_id, b.paused_until, b.week_max, coalesce(b.format, 'full'), b.offers, 'merge', ?, ?
       FROM general_preferences AS m ${before('general_preferences', 'customer_id = m.customer_id')}
       WHERE m.id = ${newestGeneral} AND m.id IN (${general.sql})`,
      ...[newId(), now, actor, survivorId, ...general.args],
    ),
  ];
}

function keysIn(table: string, ids: readonly string[]): Statement {
  return statement(
    `SELECT ${table}.id FROM json_each(?) AS made CROSS JOIN ${table} ON ${table}.id = made.value`,
    JSON.stringify(ids),
  );
}
