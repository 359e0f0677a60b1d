import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { insertInto, query } from '../../../db/query.ts';
import { needShares } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { hashOf, newId } from '../../ground/platform/ids.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { withMergedInto } from '../../money/accounts/survivors.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listNeedAnswers } from '../../voice/surveys/list-need-answers.ts';
import { findNamedAccount } from './queries.ts';

const shareInput = z.strictObject({ percent: z.int().min(0).max(100), others: freeText(500) });

const insertShare = insertInto(needShares);

/**
 * Keeps which part of what an account needs is bought from us, and who else serves it, as of today. `key` makes a form that is
 * sent twice one note.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`
 */
export async function noteNeedShare(
  ctx: Context,
  { accountId, key, ...typed }: z.input<typeof shareInput> & { accountId: string; key: string },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const share = parseInput(shareInput, typed);
  const { timeZone } = await getBusiness(ctx);
  const id = hashOf(`${actorName(ctx.actor)} need ${key}`).slice(0, 32);
  const row = { ...share, id, rootId: accountId, day: dayOf(ctx.now(), timeZone) };
  try {
    await writeHistory(ctx, accountId, () => ({
      history: { kind: 'need_noted', detail: { percent: share.percent } },
      rows: [insertShare({ ...row, source: 'staff', at: ctx.now(), actor: actorName(ctx.actor) })],
      audit: { kind: 'need.noted', subjectKind: 'account', subjectId: accountId },
    }));
  } catch (error) {
    if (!isConflictOn(error, 'need_shares.id')) throw error;
  }
}

const columns = {
  day: sql<string>`n.day`,
  percent: sql<number>`n.percent`.mapWith(Number),
  others: sql<string | null>`n.others`,
  source: sql<'staff' | 'survey'>`n.source`,
  /** Of the team, or whose answer it is. */
  by: sql<string | null>`n.told_by`,
};

const SHARES_MAX = 24;

const listNoted = query((db) =>
  db
    .select({ ...columns, at: sql<number>`n.at`.mapWith(Number) })
    .from(
      sql`(SELECT day, at, percent, others, source, (SELECT coalesce(s.name, s.email) FROM staff AS s
          WHERE 'staff:' || s.id = need_shares.actor) AS told_by FROM need_shares
        WHERE root_id IN ${withMergedInto(sql`json_array(${sql.placeholder('accountId')})`)}) AS n`,
    )
    .orderBy(sql`n.day DESC, n.at DESC`)
    .limit(SHARES_MAX),
);
export type NeedShare = Omit<Awaited<ReturnType<typeof listNoted>>[number], 'at'>;

/** What was noted of an account and of those that went into it, or told by its people in surveys, the latest first. @throws {AppError} `forbidden` */
export async function listNeedShares(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<NeedShare[]> {
  allow(ctx.actor, 'customers:read');
  const [{ timeZone }, noted, answered] = await Promise.all([
    getBusiness(ctx),
    listNoted(ctx.db, { accountId }),
    listNeedAnswers(ctx.db, { accountId, limit: SHARES_MAX }),
  ]);
  const told = answered.map((answer) => ({
    ...answer,
    day: dayOf(answer.at, timeZone),
    source: 'survey' as const,
  }));
  return [...noted, ...told]
    .sort((one, other) => other.day.localeCompare(one.day) || other.at - one.at)
    .slice(0, SHARES_MAX)
    .map(({ at: _, ...share }) => share);
}

/** What was noted of a root account, with whose it is. @throws {AppError} `not_found`, `forbidden` */
export async function getNeed(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<{ name: string | null; shares: NeedShare[]; formKey: string }> {
  const [named, shares] = await Promise.all([
    findNamedAccount(ctx.db, { accountId }),
    listNeedShares(ctx, { accountId }),
  ]);
  if (named === null) throw new AppError('not_found', 'There is no such account.');
  return { name: named.name, shares, formKey: newId() };
}
