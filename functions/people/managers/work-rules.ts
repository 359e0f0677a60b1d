import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { cacheSlot } from '../../ground/platform/caches.ts';
import { HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { passOver } from '../../money/accounts/change-account.ts';
import { handOver } from './hand-over.ts';
import { loadStandingRules, ruledSql, type StandingRule, writeRules } from './rules.ts';

const A_STEP = 100;
const STEPS_MAX = 200;

/** Under which rules, and after which comings and goings, everybody was last brought up to them. */
const done = cacheSlot<true>();

/**
 * Brings the accounts that rules gave, or that nobody has, up to the rules: who came into a segment gets its manager, who
 * left the last of them has none. What was given by hand stays, and so does what a member had who works here no longer,
 * until another rule says whose it is.
 */
export async function workRules(ctx: Context, { stepsMax = STEPS_MAX } = {}): Promise<void> {
  const db = ctx.db.fresh;
  const { revision, rules } = await loadStandingRules({ ...ctx, db });
  if (revision === 0) return;
  const stamp = await stampOf(ctx, { revision, rules });
  if (done.at(ctx.cache, stamp) !== null) return;
  const left = new Set<string>();
  for (let step = 0; step < stepsMax; step += 1) {
    if (ctx.isEnding?.() === true) return;
    const moves = await listMoves(ctx, rules, left);
    if (moves.length === 0) {
      if (left.size === 0) done.keep(ctx.cache, { stamp, value: true });
      return;
    }
    const outcomes = await ctx.db.writeMany(moves.map((move) => toStatements(ctx, decide(ctx, move))));
    outcomes.forEach((outcome, at) => {
      const rootId = moves[at]?.rootId ?? '';
      if (outcome.ok) return;
      passOver(ctx, outcome.error, rootId);
      left.add(rootId);
    });
  }
}

interface Move {
  rootId: string;
  openId: string | null;
  staffId: string | null;
  segmentId: string | null;
  seq: number;
  revision: number;
}

function decide(ctx: Context, { rootId, openId, staffId, segmentId, ...place }: Move) {
  const open = openId === null ? null : { id: openId };
  const to = staffId === null ? null : { staffId, segmentId, why: null };
  const { rows, history } = handOver(ctx, { accountId: rootId, open, to });
  return { rows, histories: [{ ...history, rootId, place }] };
}

/** Accounts in other hands than the rules say, of those that nobody was given by hand. */
async function listMoves(ctx: Context, rules: readonly StandingRule[], left: Set<string>): Promise<Move[]> {
  const working = writeRules(rules.filter(({ idle }) => idle === null));
  const isLeft = sql`IN (SELECT value FROM json_each(${JSON.stringify([...left])}))`;
  return ask(ctx.db.fresh, (db) =>
    db
      .select({
        rootId: sql<string>`root_id`,
        openId: sql<string | null>`open_id`,
        staffId: sql<string | null>`staff_id`,
        segmentId: sql<string | null>`segment_id`,
        seq: sql<number>`seq`.mapWith(Number),
        revision: sql<number>`(SELECT coalesce(max(revision), 0) FROM programmes)`.mapWith(Number),
      })
      .from(
        sql`(SELECT r.root_id, m.id AS open_id, r.staff_id, r.segment_id, a.history_seq + 1 AS seq FROM (${ruledSql(working)}) AS r
            CROSS JOIN accounts AS a ON a.id = r.root_id AND a.withdrawn_at IS NULL
            LEFT JOIN account_managers AS m ON m.account_id = r.root_id AND m.ended_at IS NULL
            WHERE m.id IS NULL OR (m.segment_id IS NOT NULL AND (m.staff_id <> r.staff_id OR m.segment_id <> r.segment_id))
          UNION ALL SELECT m.account_id, m.id, NULL, NULL, a.history_seq + 1 FROM account_managers AS m
            CROSS JOIN staff AS s ON s.id = m.staff_id AND s.disabled_at IS NULL
            CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL
            WHERE m.ended_at IS NULL AND m.segment_id IS NOT NULL
              AND m.account_id NOT IN (SELECT root_id FROM (${ruledSql(working)}))) AS moves`,
      )
      .where(sql`root_id NOT ${isLeft}`)
      .limit(A_STEP),
  );
}

/**
 * Another one means that somebody came or went, left the team, or that rules say something else. What nothing of this tells,
 * such as a merge that was undone, is found within the hour.
 */
async function stampOf(
  ctx: Context,
  { revision, rules }: { revision: number; rules: readonly StandingRule[] },
) {
  const ids = JSON.stringify(rules.map(({ segmentId }) => segmentId));
  const newest = (table: string) =>
    sql`(SELECT json_group_array((SELECT max(at) FROM ${sql.raw(table)} WHERE segment_id = r.value)) FROM json_each(${ids}) AS r)`;
  const [row] = await ask(ctx.db.fresh, (db) =>
    db
      .select({
        came: sql<string>`${newest('audience_entries')}`,
        went: sql<string>`${newest('audience_exits')}`,
      })
      .from(sql`(SELECT 1)`),
  );
  const idle = rules.map((rule) => rule.idle ?? '-').join(' ');
  return [Math.floor(ctx.now() / HOUR_MS), revision, idle, row?.came, row?.went].join(' ');
}
