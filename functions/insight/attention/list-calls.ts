import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type CallAnswer, type LapseReason, WON_BACK_DAYS } from './call-sheet.ts';

const ROWS_A_PAGE = 30;
const YEAR = 365;

const keptAnswers = z.union([
  z.array(z.object({ question: z.string(), asked: z.string().nullable(), said: z.string() })),
  z.record(z.string(), z.string().nullable()),
]);

/** They were kept by the ids of the standard questions before the questions could be changed. */
function readAnswers(text: string): CallAnswer[] {
  const kept = keptAnswers.parse(JSON.parse(text));
  if (Array.isArray(kept)) return kept;
  return Object.entries(kept).flatMap(([question, said]) =>
    said === null ? [] : [{ question, asked: null, said }],
  );
}

export interface LapsedCall {
  id: string;
  accountId: string;
  sayingId: string | null;
  name: string | null;
  day: string;
  firstReason: LapseReason | null;
  firstWords: string | null;
  realReason: LapseReason | null;
  realWords: string | null;
  answers: CallAnswer[];
  by: string | null;
  /** Net spend within 90 days after the call, until the next one; in the currency of the business. */
  wonMinor: bigint;
}

/** In SQL: what the account of a call `c` spent after it; a purchase counts for the call before it alone. */
const won = (currency: string): SQL => sql`coalesce((SELECT sum(d.spend_minor) FROM account_days AS d
  WHERE d.root_id = c.root_id AND d.day > c.day AND d.day <= date(c.day, '+${sql.raw(String(WON_BACK_DAYS))} days')
    AND d.currency = ${currency} AND NOT EXISTS (SELECT 1 FROM lapsed_calls AS l WHERE l.root_id = c.root_id
      AND l.day < d.day AND (l.day, l.id) > (c.day, c.id))), 0)`;

const place = z.tuple([z.string().max(10), z.string().max(100)]);

/**
 * Calls to those that had lapsed, the latest first; of one account where it is named. Analysts do not get what was said.
 * @throws {AppError} `validation_failed` (the cursor), `forbidden`
 */
export async function listCalls(
  ctx: Context,
  asked: { accountId?: string | null; cursor?: string | null; limit?: number } = {},
): Promise<{ items: LapsedCall[]; nextCursor: string | null; currency: string | null }> {
  allow(ctx.actor, 'customers:read');
  const { accountId = null, cursor = null, limit = ROWS_A_PAGE } = asked;
  const { currency } = await getBusiness(ctx);
  const after = cursor === null ? null : decodeCursor(place, cursor);
  const where = [
    sql`1`,
    ...(accountId === null ? [] : [sql`c.root_id = ${accountId}`]),
    ...(after === null ? [] : [sql`(c.day, c.id) < (${after[0]}, ${after[1]})`]),
  ];
  const rows = await listRows(ctx.db, {
    where: sql.join(where, sql` AND `),
    won: won(currency ?? ''),
    limit: limit + 1,
  });
  const isPrivate = mayReadPrivate(ctx.actor);
  const items = rows.slice(0, limit).map((row) => (isPrivate ? row : withoutWords(row)));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, currency, nextCursor: last === undefined ? null : encodeCursor([last.day, last.id]) };
}

const withoutWords = (call: LapsedCall): LapsedCall => ({
  ...{ ...call, firstWords: null, realWords: null, answers: [] },
});

const listRows = (db: Store, { where, won: value, limit }: { where: SQL; won: SQL; limit: number }) =>
  ask(db, (query) =>
    query
      .select({
        id: sql<string>`c.id`,
        accountId: sql<string>`c.root_id`,
        sayingId: sql<string | null>`c.saying_id`,
        name: sql<string | null>`coalesce(nullif(a.name, ''), p.name, p.email)`,
        day: sql<string>`c.day`,
        firstReason: sql<LapseReason | null>`c.first_reason`,
        firstWords: sql<string | null>`c.first_words`,
        realReason: sql<LapseReason | null>`c.real_reason`,
        realWords: sql<string | null>`c.real_words`,
        answers: sql<CallAnswer[]>`c.answers`.mapWith(readAnswers),
        by: sql<
          string | null
        >`(SELECT coalesce(s.name, s.email) FROM staff AS s WHERE 'staff:' || s.id = c.actor)`,
        wonMinor: sql<bigint>`${value}`.mapWith(BigInt),
      })
      .from(
        sql`lapsed_calls AS c LEFT JOIN accounts AS a ON a.id = c.root_id LEFT JOIN customers AS p ON p.id = a.owner_id`,
      )
      .where(where)
      .orderBy(sql`c.day DESC, c.id DESC`)
      .limit(limit),
  );

export interface CallSums {
  calls: number;
  currency: string | null;
  /** Those with both, and how many of them differ. */
  compared: number;
  differ: number;
  /** By the real reason; null where it was not found out. */
  reasons: { reason: LapseReason | null; calls: number; wonBack: number; wonMinor: bigint }[];
}

/** What the calls of the last 365 days came to, by reason. @throws {AppError} `forbidden` */
export async function sumCalls(ctx: Context): Promise<CallSums> {
  allow(ctx.actor, 'customers:read');
  const { currency, timeZone } = await getBusiness(ctx);
  const since = addDays(dayOf(ctx.now(), timeZone), 1 - YEAR);
  const rows = await ask(ctx.db, (query) =>
    query
      .select({
        reason: sql<LapseReason | null>`reason`,
        calls: sql<number>`count(*)`.mapWith(Number),
        compared: sql<number>`sum(first_reason IS NOT NULL AND reason IS NOT NULL)`.mapWith(Number),
        differ: sql<number>`sum(coalesce(first_reason <> reason, 0))`.mapWith(Number),
        wonBack: sql<number>`sum(won > 0)`.mapWith(Number),
        wonMinor: sql<bigint>`sum(won)`.mapWith(BigInt),
      })
      .from(
        sql`(SELECT c.first_reason, c.real_reason AS reason, ${won(currency ?? '')} AS won FROM lapsed_calls AS c
          WHERE c.day >= ${since}) AS told`,
      )
      .groupBy(sql`reason`)
      .orderBy(sql`count(*) DESC, reason`),
  );
  const sum = (name: 'calls' | 'compared' | 'differ') => rows.reduce((all, row) => all + row[name], 0);
  return {
    currency,
    ...{ calls: sum('calls'), compared: sum('compared'), differ: sum('differ') },
    reasons: rows.map(({ compared: _, differ: __, ...row }) => row),
  };
}
