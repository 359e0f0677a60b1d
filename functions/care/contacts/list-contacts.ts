import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { findWords, isWord, searchedText } from '../../ground/platform/search-words.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findByWords } from '../../people/customers/find-by-words.ts';
import type { ContactChannel, ContactDirection, ContactMood } from './channels.ts';
import { whoseToAnswer } from './numbers/whose.ts';
import type { ContactRow } from './queries.ts';

const ROWS_A_PAGE = 30;
/** Beyond so many a search would show more than anybody reads: those that came in last are looked at. */
const FOUND_MAX = 1000;

/** A contact as pages and files show it; instants are epoch milliseconds. */
export interface ContactItem {
  id: string;
  channel: ContactChannel;
  direction: ContactDirection;
  isMissed: boolean;
  at: number;
  durationS: number | null;
  customerId: string | null;
  /** Of the person, else of the company or household; null where nobody is known. */
  name: string | null;
  accountId: string | null;
  rootId: string | null;
  /** The company, household or department it was about; null for somebody's own account. */
  accountName: string | null;
  /** Of the other side; null to those who are told no more of people than who they are. */
  number: string | null;
  address: string | null;
  order: { source: string; number: string } | null;
  /** Who of the staff it was with. */
  staff: { id: string; name: string } | null;
  summary: string | null;
  mood: ContactMood | null;
  satisfaction: number | null;
  wantsAnswer: boolean;
  /** Until when an answer was promised. */
  answerDueAt: number | null;
  answeredAt: number | null;
  source: ContactRow['source'];
  withdrawnAt: number | null;
}

export interface ContactFilter {
  /** Whom it was with, a member of staff or `nobody`. */
  staffId?: string | null;
  /** Who is to answer it or did, or `nobody`. */
  answersId?: string | null;
  channel?: ContactChannel | null;
  direction?: ContactDirection | null;
  mood?: ContactMood | null;
  customerId?: string | null;
  /** A root account with all its people and departments. */
  rootId?: string | null;
  order?: { source: string; number: string } | null;
  /** Business days, both included. */
  from?: string | null;
  until?: string | null;
  /** `unknown`: nobody knows who it was; `unanswered`: somebody waits for us, `answered`: did, `waited`: either; `missed`: calls that nobody took; `rated`: they said how satisfied they are. */
  only?: 'unknown' | 'unanswered' | 'answered' | 'waited' | 'missed' | 'rated' | 'withdrawn' | null;
  /** Three letters and more of what was said, or of who the customer is. */
  text?: string | null;
}

export interface ContactPage {
  items: ContactItem[];
  nextCursor: string | null;
}

const place = z.tuple([z.int(), z.string().max(100)]);

/** Contacts, the newest first. @throws {AppError} `validation_failed` (the cursor), `forbidden`, `scope_missing` */
export async function listContacts(
  ctx: Context,
  {
    cursor = null,
    limit = ROWS_A_PAGE,
    ...filter
  }: ContactFilter & { cursor?: string | null; limit?: number },
): Promise<ContactPage> {
  allow(ctx.actor, 'contacts:read');
  const after = cursor === null ? null : decodeCursor(place, cursor);
  const where = [
    ...(await conditionsOf(ctx, filter)),
    ...(after === null ? [] : [sql`(k.at, k.id) < (${after[0]}, ${after[1]})`]),
  ];
  const rows = await listRows(ctx.db, { where, limit: limit + 1, isPrivate: mayReadPrivate(ctx.actor) });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor([last.at, last.id]) };
}

/** One by its id; null where there is none. */
export async function findContact(ctx: Context, id: string): Promise<ContactItem | null> {
  const isPrivate = mayReadPrivate(ctx.actor);
  const [item = null] = await listRows(ctx.db, { where: [sql`k.id = ${id}`], limit: 1, isPrivate });
  return item;
}

async function conditionsOf(ctx: Context, filter: ContactFilter): Promise<SQL[]> {
  const { timeZone } = await getBusiness(ctx);
  const { staffId, answersId, channel, direction, mood, customerId, rootId, order, from, until, only } =
    filter;
  const text = searchedText(filter.text ?? '');
  const when = (value: string | null | undefined, condition: (known: string) => SQL) =>
    value == null ? [] : [condition(value)];
  return [
    only === 'withdrawn' ? sql`k.withdrawn_at IS NOT NULL` : sql`k.withdrawn_at IS NULL`,
    ...when(staffId, (id) => isOf(sql`k.staff_id`, id)),
    ...when(answersId, (id) => isOf(whoseToAnswer, id)),
    ...when(channel, (name) => sql`k.channel = ${name}`),
    ...when(direction, (name) => sql`k.direction = ${name}`),
    ...when(mood, (name) => sql`k.mood = ${name}`),
    ...when(customerId, (id) => sql`k.customer_id = ${id}`),
    ...when(rootId, (id) => sql`k.root_id = ${id}`),
    ...when(
      order?.source,
      (source) => sql`k.order_source = ${source} AND k.order_number = ${order?.number ?? ''}`,
    ),
    ...when(from, (day) => sql`k.at >= ${startOfDay(day, timeZone)}`),
    ...when(until, (day) => sql`k.at < ${startOfDay(addDays(day, 1), timeZone)}`),
    ...(only === 'unknown' ? [sql`k.root_id IS NULL`] : []),
    ...(only === 'unanswered' ? [sql`k.wants_answer = 1 AND k.answered_at IS NULL`] : []),
    ...(only === 'answered' ? [sql`k.wants_answer = 1 AND k.answered_at IS NOT NULL`] : []),
    ...(only === 'waited' ? [sql`k.wants_answer = 1`] : []),
    ...(only === 'rated' ? [sql`k.satisfaction IS NOT NULL`] : []),
    ...(only === 'missed' ? [sql`k.is_missed = 1`] : []),
    ...(text === '' ? [] : [await textCondition(ctx, text)]),
  ];
}

const isOf = (column: SQL, id: string): SQL =>
  id === 'nobody' ? sql`${column} IS NULL` : sql`${column} = ${id}`;

async function textCondition(ctx: Context, text: string): Promise<SQL> {
  if (!isWord(text)) return sql`0`;
  const isPrivate = mayReadPrivate(ctx.actor);
  const [ids, people] = await Promise.all([
    findWords(ctx.db, { index: 'contact_words', text, limit: FOUND_MAX }),
    findByWords(ctx.db, { text, limit: FOUND_MAX, isPrivate }),
  ]);
  const digits = text.replace(/\D/g, '');
  const byAddress = isPrivate ? sql` OR k.address = ${text.toLowerCase()}` : sql``;
  const byNumber = isPrivate && digits.length >= 5 ? sql` OR k.number LIKE ${`%${digits}`}` : sql``;
  return sql`(k.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
    OR k.customer_id IN (SELECT value FROM json_each(${JSON.stringify(people.ids)}))${byAddress}${byNumber})`;
}

async function listRows(
  db: Store,
  { where, limit, isPrivate }: { where: readonly SQL[]; limit: number; isPrivate: boolean },
): Promise<ContactItem[]> {
  const rows = await ask(db, (query) =>
    query
      .select({
        id: sql<string>`k.id`,
        channel: sql<ContactChannel>`k.channel`,
        direction: sql<ContactDirection>`k.direction`,
        isMissed: sql<boolean>`k.is_missed`.mapWith(readFlag),
        at: sql<number>`k.at`.mapWith(Number),
        durationS: sql<number | null>`k.duration_s`.mapWith(Number),
        customerId: sql<string | null>`k.customer_id`,
        name: sql<string | null>`coalesce(c.name, c.email, nullif(r.name, ''))`,
        accountId: sql<string | null>`k.account_id`,
        rootId: sql<string | null>`k.root_id`,
        accountName: sql<string | null>`nullif(a.name, '')`,
        number: sql<string | null>`k.number`,
        address: sql<string | null>`k.address`,
        orderSource: sql<string | null>`k.order_source`,
        orderNumber: sql<string | null>`k.order_number`,
        staffId: sql<string | null>`k.staff_id`,
        staffName: sql<string | null>`coalesce(s.name, s.email)`,
        summary: sql<string | null>`k.summary`,
        mood: sql<ContactMood | null>`k.mood`,
        satisfaction: sql<number | null>`k.satisfaction`.mapWith(Number),
        wantsAnswer: sql<boolean>`k.wants_answer`.mapWith(readFlag),
        answerDueAt: sql<number | null>`k.answer_due_at`.mapWith(Number),
        answeredAt: sql<number | null>`k.answered_at`.mapWith(Number),
        source: sql<ContactRow['source']>`k.source`,
        withdrawnAt: sql<number | null>`k.withdrawn_at`.mapWith(Number),
      })
      .from(
        sql`contacts AS k LEFT JOIN customers AS c ON c.id = k.customer_id LEFT JOIN accounts AS a ON a.id = k.account_id
          LEFT JOIN accounts AS r ON r.id = k.root_id LEFT JOIN staff AS s ON s.id = k.staff_id`,
      )
      .where(sql.join([...where], sql` AND `))
      .orderBy(sql`k.at DESC, k.id DESC`)
      .limit(limit),
  );
  return rows.map(({ orderSource, orderNumber, staffId, staffName, number, address, ...row }) => ({
    ...row,
    number: isPrivate ? number : null,
    address: isPrivate ? address : null,
    order: orderSource === null || orderNumber === null ? null : { source: orderSource, number: orderNumber },
    staff: staffId === null ? null : { id: staffId, name: staffName ?? staffId },
  }));
}
