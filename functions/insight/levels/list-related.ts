import { z } from 'zod';
import type { Row } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type ConversationGroup, groups } from '../facts/group.ts';
import type { RelationshipLevel } from '../facts/level.ts';
import { levels } from './level-counts.ts';
import { isMonth, monthOfDay } from './months.ts';
import { type Move, moveKinds, moveName } from './moves.ts';
import { countOf, pageOf } from './related-sql.ts';
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
  limit = PAGE,
): Promise<RelatedPage> {
  allow(ctx.actor, 'customers:read');
  const { currency, timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const behind = after === null ? null : decodeCursor(asked.by === 'group' ? spendPlace : dayPlace, after);
  const rows = await ctx.db.read(
    pageOf(asked, { today, currency: currency ?? '', behind, limit: limit + 1 }),
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: await tellMore(ctx, shown, currency ?? ''),
    nextCursor: last === undefined ? null : encodeCursor([String(last[1]), String(last[0])]),
    currency,
  };
}

const dayPlace = z.tuple([z.string(), z.string()]);
const spendPlace = z.tuple([
  z
    .string()
    .regex(/^-?\d{1,18}$/)
    .transform(BigInt),
  z.string(),
]);

/** More are not counted for a page. */
export const RELATED_COUNTED = 10_000;

/** How many accounts the list has, counted up to {@link RELATED_COUNTED}. @throws {AppError} `unauthenticated`, `forbidden` */
export async function countRelated(ctx: Context, asked: RelatedAsked): Promise<number> {
  allow(ctx.actor, 'customers:read');
  const { currency, timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const [row] = await ctx.db.read(
    countOf(asked, { today, currency: currency ?? '', most: RELATED_COUNTED + 1 }),
  );
  return Number(row?.[0] ?? 0);
}

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
