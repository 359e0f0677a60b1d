import { statement } from '../../../db/query.ts';
import type { Statement, Value } from '../../../db/store.ts';
import type { ConversationGroup } from '../facts/group.ts';
import { buysOften, hasBought, isHighSpender, isInClub, premiumFrom } from '../facts/premium.ts';
import type { RelatedAsked } from './list-related.ts';
import { firstOfMonth, lastOfMonth, monthOfDay } from './months.ts';
import { isLastOfMove } from './moves.ts';

/** Where a page goes on: behind a place, a day or a sum, and an id; both fall. */
export type Behind = readonly [place: string | bigint, id: string];

interface Terms {
  today: string;
  currency: string;
}

/**
 * (id, place, since, cause) of the next accounts of a list, those that came last or spent most first. Each part of a list is
 * walked by an index in that order, so that a page costs no more in a month in which a hundred thousand moved.
 */
export function pageOf(
  asked: RelatedAsked,
  { today, currency, behind, limit }: Terms & { behind: Behind | null; limit: number },
): Statement {
  const { parts, order, args } = partsOf(asked, { today, currency }, behind !== null);
  const all = [...args, ...(behind ?? []), limit];
  const most = `?${all.length}`;
  const [first = '', ...others] = parts.map((part) => `SELECT * FROM (${part} LIMIT ${most})`);
  const sql =
    others.length === 0 ? first : `${[first, ...others].join(' UNION ')} ORDER BY ${order} LIMIT ${most}`;
  return statement(sql, ...all);
}

/** How many there are, counted up to `most`. */
export function countOf(asked: RelatedAsked, { today, currency, most }: Terms & { most: number }): Statement {
  const { parts, args } = partsOf(asked, { today, currency }, false);
  const ids = parts.map((part) => `SELECT id FROM (${part} LIMIT ?${args.length + 1})`).join(' UNION ');
  return statement(`SELECT count(*) FROM (${ids} LIMIT ?${args.length + 1})`, ...args, most);
}

interface Parts {
  /** In their order; an account may be in several with the same place. */
  parts: string[];
  order: string;
  args: Value[];
}

function partsOf(asked: RelatedAsked, { today, currency }: Terms, isBehind: boolean): Parts {
  if (asked.by === 'group') {
    const order = asked.group === 'premium' ? 'place DESC, id DESC' : 'id DESC';
    return { parts: groupParts(asked.group, isBehind), order, args: [currency, today] };
  }
  const end = asked.month === monthOfDay(today) ? today : lastOfMonth(asked.month);
  const order = 'place DESC, id DESC';
  const columns = 'l.root_id AS id, l.from_day AS place, l.from_day AS since, l.cause AS cause';
  const falling = `ORDER BY l.from_day DESC, l.root_id DESC`;
  if (asked.by === 'level') {
    const behind = isBehind ? 'AND (l.from_day, l.root_id) < (?3, ?4)' : '';
    return {
      parts: [
        `SELECT ${columns} FROM account_levels AS l INDEXED BY account_levels_by_level
         WHERE l.level = ?1 AND l.from_day <= ?2 AND (l.until_day IS NULL OR l.until_day > ?2) ${behind} ${falling}`,
      ],
      ...{ order, args: [asked.level, end] },
    };
  }
  const behind = isBehind ? 'AND (l.from_day, l.root_id) < (?5, ?6)' : '';
  return {
    parts: [
      `SELECT ${columns} FROM account_levels AS l INDEXED BY account_levels_by_day WHERE ${isLastOfMove} ${behind} ${falling}`,
    ],
    ...{ order, args: [firstOfMonth(asked.month), end, asked.move.from, asked.move.to] },
  };
}

/** Groups that most accounts are of, in no order but that of their ids: the key is walked and nobody is sorted. */
const ofMost = (condition: string, isBehind: boolean) =>
  `SELECT f.account_id AS id, 0 AS place, NULL AS since, NULL AS cause FROM account_facts AS f
   CROSS JOIN ${premiumFrom('?1')} AS mark CROSS JOIN accounts AS a ON a.id = f.account_id
   LEFT JOIN account_years AS y ON y.root_id = f.account_id AND y.currency = ?1
   WHERE ${condition} ${isBehind ? 'AND f.account_id < ?4' : ''} ORDER BY f.account_id DESC`;

/** Those in the club are few and looked at one by one; who spends most is found in the order of what was spent. */
const ofPremium = (isBehind: boolean) => {
  const columns = (id: string, place: string) =>
    `SELECT ${id} AS id, ${place} AS place, NULL AS since, NULL AS cause`;
  return [
    `${columns('a.id', 'coalesce(y.spend_minor, 0)')} FROM accounts AS a INDEXED BY accounts_club
      JOIN account_facts AS f ON f.account_id = a.id
      LEFT JOIN account_years AS y ON y.root_id = a.id AND y.currency = ?1
      WHERE a.club_spans IS NOT NULL AND ${isInClub}
        ${isBehind ? 'AND (coalesce(y.spend_minor, 0), a.id) < (?3, ?4)' : ''}
      ORDER BY coalesce(y.spend_minor, 0) DESC, a.id DESC`,
    `${columns('y.root_id', 'y.spend_minor')} FROM account_years AS y INDEXED BY account_years_by_spend
      CROSS JOIN account_facts AS f ON f.account_id = y.root_id
      WHERE y.currency = ?1 AND y.spend_minor >= (SELECT from_minor FROM premium_marks WHERE currency = ?1)
        AND ${buysOften('?2')} ${isBehind ? 'AND (y.spend_minor, y.root_id) < (?3, ?4)' : ''}
      ORDER BY y.spend_minor DESC, y.root_id DESC`,
  ];
};

function groupParts(group: ConversationGroup, isBehind: boolean): string[] {
  if (group === 'premium') return ofPremium(isBehind);
  if (group === 'enquirer') return [ofMost(`NOT ${hasBought('?2')} AND NOT ${isInClub}`, isBehind)];
  return [
    ofMost(`${hasBought('?2')} AND NOT ${isInClub} AND NOT coalesce(${isHighSpender('?2')}, 0)`, isBehind),
  ];
}
