import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Row, Value } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type ConversationGroup, groups } from '../facts/group.ts';
import type { RelationshipLevel } from '../facts/level.ts';
import { hasBought, isHighSpender, isInClub, premiumFrom } from '../facts/premium.ts';
import { levels } from './level-counts.ts';
import { firstOfMonth, isMonth, lastOfMonth, monthOfDay } from './months.ts';
import { type Move, moved, moveKinds, moveName } from './moves.ts';
import { type ToldAccount, tellAccounts, textOrNull } from './tell-accounts.ts';

/** Which accounts are listed: those of a level or a group, or those that moved in a month. */
export type RelatedAsked =
  | { by: 'level'; level: RelationshipLevel; month: string }
  | { by: 'group'; group: ConversationGroup }
  | { by: 'move'; move: Move; month: string };

export interface RelatedAccount extends ToldAccount {
  /** Since which business day it has the level, or has moved; null in a list of a group. */
  since: string | null;
  /** What brought the level. */
  cause: string | null;
}

export interface RelatedPage {
  items: RelatedAccount[];
  nextCursor: string | null;
  currency: string | null;
}

const PAGE = 50;

/** What an address asks for; null where it asks for nothing there is. `today` decides which month is meant by none. */
export function readRelated(
  asked: { level?: string | null; group?: string | null; move?: string | null; month?: string | null },
  today: string,
): RelatedAsked | null {
  const present = monthOfDay(today);
  const month = asked.month && isMonth(asked.month) && asked.month < present ? asked.month : present;
  const level = levels.find((one) => one === asked.level);
  if (level) return { by: 'level', level, month };
  const group = groups.find((one) => one === asked.group);
  if (group) return { by: 'group', group };
  const move = moveKinds.find((one) => moveName(one) === asked.move);
  return move ? { by: 'move', move, month } : null;
}

/**
 * The accounts behind a figure of relationships, those that came last first, and of premium those that spent most.
 * @throws {AppError} `unauthenticated`, `forbidden`, `validation_failed` for a cursor that is none
 */
export async function listRelated(
  ctx: Context,
  asked: RelatedAsked,
  after: string | null = null,
): Promise<RelatedPage> {
  allow(ctx.actor, 'customers:read');
  const { currency, timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const { sql, args } = listOf(asked, { today, currency: currency ?? '' });
  const place = after === null ? null : decodeCursor(asked.by === 'group' ? spendPlace : dayPlace, after);
  const [placeArg, idArg] = [`?${args.length + 1}`, `?${args.length + 2}`];
  const { order, behind } = isOfMost(asked)
    ? { order: 'id DESC', behind: `id < ${idArg}` }
    : { order: 'place DESC, id DESC', behind: `(place, id) < (${placeArg}, ${idArg})` };
  const rows = await ctx.db.read(
    statement(
      `SELECT id, place, since, cause FROM (${sql}) ${place === null ? '' : `WHERE ${behind}`}
       ORDER BY ${order} LIMIT ${PAGE + 1}`,
      ...args,
      ...(place ?? []),
    ),
  );
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return {
    items: await tellMore(ctx, shown, currency ?? ''),
    nextCursor: last === undefined ? null : encodeCursor([String(last[1]), String(last[0])]),
    currency,
  };
}

/** Groups that most accounts are of, in no order but that of their ids: the key is walked and nobody is sorted. */
const isOfMost = (asked: RelatedAsked) => asked.by === 'group' && asked.group !== 'premium';

const dayPlace = z.tuple([z.string(), z.string()]);
const spendPlace = z.tuple([
  z
    .string()
    .regex(/^-?\d{1,18}$/)
    .transform(BigInt),
  z.string(),
]);

/** SQL of (id, place, since, cause), a place for what the list is in order of. */
function listOf(asked: RelatedAsked, { today, currency }: { today: string; currency: string }) {
  if (asked.by === 'group')
    return { sql: groupLists[asked.group], args: [currency, today] satisfies Value[] };
  const end = asked.month === monthOfDay(today) ? today : lastOfMonth(asked.month);
  if (asked.by === 'level')
    return {
      sql: `SELECT root_id AS id, from_day AS place, from_day AS since, cause FROM account_levels
        WHERE level = ?1 AND from_day <= ?2 AND (until_day IS NULL OR until_day > ?2)`,
      args: [asked.level, end],
    };
  return {
    sql: `SELECT root_id AS id, day AS place, day AS since, cause FROM ${moved} WHERE was IS ?3 AND became = ?4`,
    args: [firstOfMonth(asked.month), end, asked.move.from, asked.move.to],
  };
}

const ofAll = (condition: string) =>
  `SELECT f.account_id AS id, 0 AS place, NULL AS since, NULL AS cause FROM account_facts AS f
   CROSS JOIN ${premiumFrom('?1')} AS mark CROSS JOIN accounts AS a ON a.id = f.account_id
   LEFT JOIN account_years AS y ON y.root_id = f.account_id AND y.currency = ?1
   WHERE ${condition}`;

const groupLists: Record<ConversationGroup, string> = {
  enquirer: ofAll(`NOT ${hasBought('?2')} AND NOT ${isInClub}`),
  buyer: ofAll(`${hasBought('?2')} AND NOT ${isInClub} AND NOT coalesce(${isHighSpender('?2')}, 0)`),
  premium: `SELECT id, max(place) AS place, NULL AS since, NULL AS cause FROM (
      SELECT a.id AS id, coalesce(y.spend_minor, 0) AS place FROM accounts AS a
      JOIN account_facts AS f ON f.account_id = a.id
      LEFT JOIN account_years AS y ON y.root_id = a.id AND y.currency = ?1
      WHERE a.club_spans IS NOT NULL AND ${isInClub}
      UNION ALL
      SELECT y.root_id, y.spend_minor FROM ${premiumFrom('?1')} AS mark
      CROSS JOIN account_years AS y ON y.currency = ?1 AND y.spend_minor >= mark.from_minor
      CROSS JOIN account_facts AS f ON f.account_id = y.root_id WHERE ${isHighSpender('?2')})
    GROUP BY id`,
};

async function tellMore(ctx: Context, rows: readonly Row[], currency: string): Promise<RelatedAccount[]> {
  const told = await tellAccounts(
    ctx,
    rows.map(([id]) => String(id)),
    currency,
  );
  return told.map((account, at) => {
    const [, , since, cause] = rows[at] ?? [];
    return { ...account, since: textOrNull(since), cause: textOrNull(cause) };
  });
}
