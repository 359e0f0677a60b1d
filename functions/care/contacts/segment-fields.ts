import { type SQL, sql } from 'drizzle-orm';
import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import { dayInSql } from '../../ground/platform/day-sql.ts';
import type { SegmentAsked, SegmentField } from '../../ground/segments/segment-field.ts';
import { contactChannels, contactDirections } from './channels.ts';

/** Contacts of those that are asked about, up to the moment it is asked for. */
const known = ({ now, among }: SegmentAsked): SQL =>
  sql`k.root_id IS NOT NULL AND k.withdrawn_at IS NULL AND k.at <= ${now} AND ${among(sql`k.root_id`)}`;

/** What the last contact of each was; one of the two that were at one moment. */
const ofLast = (asked: SegmentAsked, column: SQL): SQL =>
  sql`SELECT root_id, value FROM (SELECT k.root_id AS root_id, ${column} AS value,
      row_number() OVER (PARTITION BY k.root_id ORDER BY k.at DESC, k.id DESC) AS place
    FROM contacts AS k WHERE ${known(asked)}) WHERE place = 1`;

/** What segments ask about contacts: a call that nobody took is one, too. */
export const contactFields: readonly SegmentField[] = [
  {
    ...{ name: 'contacts.last', kind: 'days' },
    source: (asked) => {
      const { today, timeZone } = asked;
      const day = sql.raw(dayInSql('k.value', { timeZone, from: '1970-01-01', to: today }));
      return {
        rows: sql`SELECT k.root_id, CAST(julianday(${today}) - julianday(${day}) AS INTEGER) AS value
          FROM (${ofLast(asked, sql`k.at`)}) AS k`,
      };
    },
  },
  {
    ...{ name: 'contacts.lastChannel', kind: 'choice', choices: contactChannels },
    source: (asked) => ({ rows: ofLast(asked, sql`k.channel`) }),
  },
  {
    ...{ name: 'contacts.lastDirection', kind: 'choice', choices: contactDirections },
    source: (asked) => ({ rows: ofLast(asked, sql`k.direction`) }),
  },
  {
    ...{ name: 'contacts.count', kind: 'count', otherwise: 0, takesDays: true },
    source: (asked) => ({
      rows: sql`SELECT k.root_id, count(*) AS value FROM contacts AS k
        WHERE ${known(asked)} AND ${within(asked)} GROUP BY k.root_id`,
    }),
  },
  {
    ...{ name: 'contacts.openSteps', kind: 'count', otherwise: 0 },
    source: ({ among }) => ({
      rows: sql`SELECT root_id, count(*) AS value FROM contact_tasks
        WHERE root_id IS NOT NULL AND ended_at IS NULL AND ${among(sql`root_id`)} GROUP BY root_id`,
    }),
  },
];

function within({ days, today, timeZone }: SegmentAsked): SQL {
  if (days === null) return sql`1`;
  const [from, to] = [addDays(today, 1 - days), addDays(today, 1)].map((day) => startOfDay(day, timeZone));
  return sql`k.at >= ${from} AND k.at < ${to}`;
}
