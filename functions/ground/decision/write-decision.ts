import type { Statement } from '../../../db/store.ts';
import { insertAuditLine } from '../audit/insert-audit-line.ts';
import {
  appendHistory,
  type HistoryAbout,
  type HistoryPlace,
  insertHistory,
  moveHistory,
} from '../history/insert-history.ts';
import { queueMail } from '../outbox/queue-mail.ts';
import { actorName, type Context } from '../platform/context.ts';
import type { AccountDecision, Decision, OtherHistory } from './decision.ts';

/** Who decides, and when. */
type Decider = Pick<Context, 'actor' | 'house' | 'now'>;

/**
 * Carries a decision out in one atomic write.
 * @throws {StoreConflict} when a constraint or trigger refused it: then nothing was written
 */
export async function writeDecision(ctx: Decider & Pick<Context, 'db'>, decision: Decision): Promise<void> {
  const statements = toStatements(ctx, decision);
  if (statements.length > 0) await ctx.db.write(statements);
}

/** The statements of a decision, for a batch that is written with more. */
export function toStatements(ctx: Decider, decision: Decision): Statement[] {
  const { rows = [], histories = [], letters = [], audit = null, also = [], beside = [] } = decision;
  return [
    ...rows,
    ...histories.flatMap((line) => toHistoryStatements(ctx, line)),
    ...letters.map((letter) => queueMail(ctx, letter)),
    ...(audit === null ? [] : [insertAuditLine(ctx, audit)]),
    ...also.flatMap((other) => toStatements(ctx, other)),
    ...beside,
  ];
}

/** The statements of a decision about a root account, its line of the history first: it is the account's lock. */
export function toAccountStatements(
  ctx: Decider,
  { history, ...decision }: AccountDecision,
  { rootId, ...place }: HistoryPlace & { rootId: string },
): Statement[] {
  return [...toHistoryStatements(ctx, { ...history, rootId, place }), ...toStatements(ctx, decision)];
}

function toHistoryStatements(
  ctx: Decider,
  { rootId, actor = actorName(ctx.actor), place, ...line }: OtherHistory,
): Statement[] {
  const about: HistoryAbout = { rootId, actor, at: ctx.now() };
  if (place === undefined) return appendHistory(line, about);
  const row = insertHistory(line, about, place);
  return place.isMovedByRows === true ? [row] : [row, moveHistory(rootId, place.seq)];
}
