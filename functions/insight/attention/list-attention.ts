import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { AttentionList, AttentionOutcome } from './lists.ts';
import { type AttentionReason, readReasons } from './reasons.ts';

const ROWS_A_PAGE = 30;

/** `open` is what somebody may do something about now. */
export const attentionViews = ['open', 'snoozed', 'closed'] as const;
export type AttentionView = (typeof attentionViews)[number];

/** A root account, or a department of it, that a list names. */
export interface AttentionItem {
  id: string;
  list: AttentionList;
  accountId: string;
  /** Of the company or household, or the person; null where none is known. */
  name: string | null;
  /** Whose own account it is; null for a shared one. */
  customerId: string | null;
  department: string | null;
  saidOn: string;
  reasons: AttentionReason[];
  /** What was spent in the 365 days before, in the currency of the business. */
  valueMinor: bigint;
  /** The last purchase day, as of now. */
  lastOn: string | null;
  assignedTo: { id: string; name: string } | null;
  snoozedUntil: string | null;
  outcome: AttentionOutcome | null;
}

export interface AttentionPage {
  items: AttentionItem[];
  nextCursor: string | null;
}

export interface AttentionAsked {
  /** All lists, where none is named. */
  list?: AttentionList | null;
  view?: AttentionView;
  /** Only those that were given to this member of staff. */
  staffId?: string | null;
  cursor?: string | null;
  limit?: number;
}

const place = z.tuple([z.string().regex(/^-?\d{1,18}$/), z.string().max(100)]);

/**
 * Who a list names, those that are worth most first.
 * @throws {AppError} `validation_failed` (the cursor), `forbidden`
 */
export async function listAttention(ctx: Context, asked: AttentionAsked): Promise<AttentionPage> {
  allow(ctx.actor, 'customers:read');
  const { list = null, view = 'open', staffId = null, cursor = null, limit = ROWS_A_PAGE } = asked;
  const { timeZone } = await getBusiness(ctx);
  const after = cursor === null ? null : decodeCursor(place, cursor);
  const where = [
    viewed(view, dayOf(ctx.now(), timeZone)),
    ...(list === null ? [] : [sql`s.list = ${list}`]),
    ...(staffId === null ? [] : [sql`s.assigned_to = ${staffId}`]),
    ...(after === null
      ? []
      : [
          sql`s.value_minor <= ${BigInt(after[0])} AND (s.value_minor < ${BigInt(after[0])} OR s.id < ${after[1]})`,
        ]),
  ];
  const rows = await listRows(ctx.db, sql.join(where, sql` AND `), limit + 1);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor([String(last.valueMinor), last.id]) };
}

/** All of a list, page by page. */
export async function* eachAttention(ctx: Context, asked: AttentionAsked): AsyncGenerator<AttentionItem[]> {
  for (let cursor: string | null = null; ; ) {
    const page: AttentionPage = await listAttention(ctx, { ...asked, cursor, limit: 500 });
    yield page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

/** One by its id; null where there is none. */
export async function findAttention(db: Store, id: string): Promise<AttentionItem | null> {
  const [item = null] = await listRows(db, sql`s.id = ${id}`, 1);
  return item;
}

function viewed(view: AttentionView, today: string): SQL {
  if (view === 'closed') return sql`s.outcome IS NOT NULL`;
  const isSnoozed = sql`s.snoozed_until > ${today}`;
  const open = sql`s.left_on IS NULL AND s.outcome IS NULL`;
  return view === 'snoozed' ? sql`${open} AND ${isSnoozed}` : sql`${open} AND coalesce(${isSnoozed}, 0) = 0`;
}

async function listRows(db: Store, where: SQL, limit: number): Promise<AttentionItem[]> {
  const rows = await ask(db, (query) =>
    query
      .select({
        id: sql<string>`s.id`,
        list: sql<AttentionList>`s.list`,
        accountId: sql<string>`s.root_id`,
        name: sql<string | null>`coalesce(nullif(a.name, ''), c.name, c.email)`,
        customerId: sql<string | null>`a.owner_id`,
        department: sql<string | null>`d.name`,
        saidOn: sql<string>`s.said_on`,
        reasons: sql<AttentionReason[]>`s.reasons`.mapWith(readReasons),
        valueMinor: sql<bigint>`s.value_minor`.mapWith(BigInt),
        lastOn: sql<string | null>`f.last_on`,
        staffId: sql<string | null>`s.assigned_to`,
        staffName: sql<string | null>`coalesce(w.name, w.email)`,
        snoozedUntil: sql<string | null>`s.snoozed_until`,
        outcome: sql<AttentionOutcome | null>`s.outcome`,
      })
      .from(
        sql`attention_sayings AS s LEFT JOIN accounts AS a ON a.id = s.root_id LEFT JOIN customers AS c ON c.id = a.owner_id
          LEFT JOIN accounts AS d ON d.id = s.department_id LEFT JOIN account_facts AS f ON f.account_id = s.root_id
          LEFT JOIN staff AS w ON w.id = s.assigned_to`,
      )
      .where(where)
      .orderBy(sql`s.value_minor DESC, s.id DESC`)
      .limit(limit),
  );
  return rows.map(({ staffId, staffName, ...row }) => ({
    ...row,
    assignedTo: staffId === null ? null : { id: staffId, name: staffName ?? staffId },
  }));
}
