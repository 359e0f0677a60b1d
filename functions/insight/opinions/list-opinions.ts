import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { type NamedAccount, nameAccounts } from '../../money/accounts/name-accounts.ts';
import { getBusiness } from '../../money/business/business.ts';
import { askedOpinions, type OpinionKind } from '../../voice/surveys/asked-parts.ts';
import { scales } from '../../voice/surveys/definition.ts';
import { answerRows, byAccount, scoreRows } from '../../voice/surveys/opinion-rows.ts';
import { findNoise } from './find-noise.ts';
import { changeOf, type Noise, type Opinion, type OpinionChange, opinionOf } from './opinion.ts';

const PAGE = 50;

export interface AccountOpinion extends NamedAccount {
  /** People of the account now. */
  people: number;
  now: Opinion;
  change: OpinionChange | null;
  /** When the newest answer was given. */
  answeredAt: number;
  lastOn: string | null;
  /** Whether it bought before and not within 365 days. */
  isDormant: boolean;
  yearSpendMinor: bigint;
}

export interface OpinionsPage {
  items: AccountOpinion[];
  nextCursor: string | null;
  currency: string | null;
  /** Null while fewer than thirty people answered twice. */
  noise: Noise | null;
}

const place = z.tuple([z.number(), z.string()]);

/**
 * Root accounts by what their contacts think, the lowest first; those that buy no more are among them.
 * @throws {AppError} `validation_failed` (the cursor), `forbidden`
 */
export async function listOpinions(
  ctx: Context,
  { kind, cursor = null, limit = PAGE }: { kind: OpinionKind; cursor?: string | null; limit?: number },
): Promise<OpinionsPage> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'feedback:read');
  const [{ currency, timeZone }, asked] = await Promise.all([getBusiness(ctx), askedOpinions(ctx.db)]);
  const after = cursor === null ? null : decodeCursor(place, cursor);
  const [noise, rows] = await Promise.all([
    findNoise(ctx.db, asked),
    listRows(ctx, { asked, kind, after, limit, currency: currency ?? '' }),
  ]);
  const shown = rows.slice(0, limit);
  const named = await nameAccounts(
    ctx.db,
    shown.map(({ id }) => id),
  );
  const yearAgo = addDays(dayOf(ctx.now(), timeZone), -365);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.flatMap((row) => {
      const now = opinionOf(row, scales[kind]);
      if (now === null) return [];
      const change = changeOf({ n: row.pairs, sum: row.changed, squares: row.changedSquares }, noise[kind]);
      return [
        {
          ...named(row.id),
          ...row.told,
          now,
          change,
          isDormant: row.told.lastOn !== null && row.told.lastOn < yearAgo,
        },
      ];
    }),
    nextCursor: last === undefined ? null : encodeCursor([last.sum / last.n, last.id]),
    currency,
    noise: noise[kind],
  };
}

async function listRows(
  ctx: Context,
  {
    asked,
    kind,
    after,
    limit,
    currency,
  }: {
    asked: string;
    kind: OpinionKind;
    after: readonly [number, string] | null;
    limit: number;
    currency: string;
  },
) {
  const rows = await ask(ctx.db, (query) =>
    query
      .select({
        id: sql<string>`o.account_id`,
        n: sql<number>`o.n`.mapWith(Number),
        sum: sql<number>`o.total`.mapWith(Number),
        squares: sql<number>`o.squares`.mapWith(Number),
        pairs: sql<number>`o.pairs`.mapWith(Number),
        changed: sql<number>`coalesce(o.changed, 0)`.mapWith(Number),
        changedSquares: sql<number>`coalesce(o.changed_squares, 0)`.mapWith(Number),
        answeredAt: sql<number>`o.answered_at`.mapWith(Number),
        people: sql<number>`(SELECT count(DISTINCT m.customer_id) FROM accounts AS b JOIN memberships AS m
          ON m.account_id = b.id AND m.until IS NULL WHERE b.root_id = o.account_id)`.mapWith(Number),
        lastOn: sql<string | null>`f.last_on`,
        yearSpendMinor: sql<bigint>`coalesce((SELECT y.spend_minor FROM account_years AS y
          WHERE y.root_id = o.account_id AND y.currency = ${currency}), 0)`.mapWith(BigInt),
      })
      .from(
        sql`(${sumsByAccount(asked, kind)}) AS o JOIN accounts AS r ON r.id = o.account_id AND r.withdrawn_at IS NULL
          LEFT JOIN account_facts AS f ON f.account_id = o.account_id`,
      )
      .where(after === null ? sql`1` : sql`(o.total / o.n, o.account_id) > (${after[0]}, ${after[1]})`)
      .orderBy(sql`o.total / o.n, o.account_id`)
      .limit(limit + 1),
  );
  return rows.map(({ people, lastOn, yearSpendMinor, answeredAt, ...sums }) => ({
    ...sums,
    told: { people, lastOn, yearSpendMinor, answeredAt },
  }));
}

/** In SQL, a row for each root account: its contacts' newest answers, and how they differ from their answers before. */
function sumsByAccount(asked: string, kind: OpinionKind): SQL {
  const scores = sql`SELECT * FROM (${scoreRows(answerRows(asked, ['kind'], null))}) WHERE kind = ${kind}`;
  return sql`SELECT account_id, count(*) AS n, sum(score) AS total, sum(score * score) AS squares, max(at) AS answered_at,
      count(d) AS pairs, sum(d) AS changed, sum(d * d) AS changed_squares FROM (
      SELECT account_id, score, at, score - lead(score) OVER w AS d, row_number() OVER w AS place
      FROM (${byAccount(scores, ['customer_id', 'invitation_id', 'at', 'score'])})
      WINDOW w AS (PARTITION BY account_id, customer_id ORDER BY at DESC, invitation_id DESC))
    WHERE place = 1 GROUP BY account_id`;
}
