import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask } from '../../../db/query.ts';
import { toStatements, writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { passOver } from '../../money/accounts/change-account.ts';
import { getAssignable, WHY_LENGTH_MAX } from './assign-manager.ts';
import { handOver, type NewManager } from './hand-over.ts';
import { allowAssigning } from './may-assign.ts';

/** More are a matter of a segment and a rule. */
export const ACCOUNTS_MAX = 1000;
const A_STEP = 100;
/** Departments of one account share its history, and are given one after the other. */
const TRIES_MAX = 20;

const input = z.strictObject({
  /** Root accounts, and departments. */
  accountIds: z.array(z.string().max(100)).min(1).max(ACCOUNTS_MAX),
  manager: z.string().trim().max(254),
  why: freeText(WHY_LENGTH_MAX),
  /** Whether those that somebody else was given by hand are given to this one, too. */
  isAlsoByHand: z.boolean().default(false),
});

export interface ManyAssigned {
  given: number;
  /** In these hands already. */
  same: number;
  /** In somebody else's by hand, and left there. */
  kept: number;
  /** Could not be written now, or are there no more. */
  left: number;
}

/**
 * Gives many accounts into the hands of a member of the team, each with its line in the history; one line in the log.
 * @throws {AppError} as `assignManager`
 */
export async function assignMany(ctx: Context, typed: z.input<typeof input>): Promise<ManyAssigned> {
  await allowAssigning(ctx);
  const { accountIds, manager, why, isAlsoByHand } = parseInput(input, typed);
  const { member } = await getAssignable(ctx, manager);
  const to = { staffId: member.id, segmentId: null, why };
  const sum: ManyAssigned = { given: 0, same: 0, kept: 0, left: 0 };
  let ids = [...new Set(accountIds)];
  for (let tries = 0; tries < TRIES_MAX && ids.length > 0; tries += 1) {
    const lost: string[] = [];
    for (let start = 0; start < ids.length; start += A_STEP)
      lost.push(...(await assignStep(ctx, ids.slice(start, start + A_STEP), { to, isAlsoByHand, sum })));
    ids = lost;
  }
  sum.left += ids.length;
  if (sum.given > 0)
    await writeDecision(ctx, {
      audit: {
        kind: 'manager.given-many',
        subjectKind: 'staff',
        subjectId: member.id,
        detail: { accounts: sum.given },
      },
    });
  return sum;
}

/** @returns those that somebody else changed meanwhile */
async function assignStep(
  ctx: Context,
  ids: readonly string[],
  { to, isAlsoByHand, sum }: { to: NewManager; isAlsoByHand: boolean; sum: ManyAssigned },
): Promise<string[]> {
  const found = await listStanding(ctx, ids);
  const isSame = (row: Standing) => row.staffId === to.staffId && row.segmentId === null;
  const isKept = (row: Standing) =>
    !isAlsoByHand && !isSame(row) && row.openId !== null && row.segmentId === null && row.isThere;
  const changing = found.filter((row) => !isSame(row) && !isKept(row));
  sum.same += found.filter(isSame).length;
  sum.kept += found.filter(isKept).length;
  sum.left += ids.length - found.length;
  const outcomes = await ctx.db.writeMany(
    changing.map(({ accountId, rootId, openId, ...place }) => {
      const open = openId === null ? null : { id: openId };
      const { rows, history } = handOver(ctx, { accountId, open, to });
      return toStatements(ctx, { rows, histories: [{ ...history, rootId, place }] });
    }),
  );
  return outcomes.flatMap((outcome, at) => {
    const { accountId = '' } = changing[at] ?? {};
    if (outcome.ok) sum.given += 1;
    else passOver(ctx, outcome.error, accountId);
    return outcome.ok ? [] : [accountId];
  });
}

interface Standing {
  accountId: string;
  rootId: string;
  openId: string | null;
  staffId: string | null;
  segmentId: string | null;
  /** Whether who has it still works here. */
  isThere: boolean;
  seq: number;
  revision: number;
}

async function listStanding({ db }: Context, ids: readonly string[]): Promise<Standing[]> {
  return ask(db.fresh, (query) =>
    query
      .select({
        accountId: sql<string>`a.id`,
        rootId: sql<string>`r.id`,
        openId: sql<string | null>`m.id`,
        staffId: sql<string | null>`m.staff_id`,
        segmentId: sql<string | null>`m.segment_id`,
        isThere: sql<boolean>`(s.id IS NOT NULL)`.mapWith(Boolean),
        seq: sql<number>`r.history_seq + 1`.mapWith(Number),
        revision: sql<number>`(SELECT coalesce(max(revision), 0) FROM programmes)`.mapWith(Number),
      })
      .from(
        sql`json_each(${JSON.stringify(ids)}) AS wanted CROSS JOIN accounts AS a ON a.id = wanted.value
          AND a.withdrawn_at IS NULL CROSS JOIN accounts AS r ON r.id = a.root_id
          LEFT JOIN account_managers AS m ON m.account_id = a.id AND m.ended_at IS NULL
          LEFT JOIN staff AS s ON s.id = m.staff_id AND s.disabled_at IS NULL`,
      ),
  );
}
