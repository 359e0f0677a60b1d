import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { noFeedback } from './change-case.ts';
import { allowOf } from './only-own.ts';
import { findFeedback, findMember } from './queries.ts';
import { servedByName } from './schema.ts';

/** Who served, of one piece of feedback. */
interface Served {
  id: string;
  servedById: string | null;
}

/**
 * Says who of the team served whoever wrote, by id or email, whether they work here still or not; null for nobody. An agent says it of
 * themselves alone.
 * @throws {AppError} `not_found`, `validation_failed` for `staff`, `forbidden`
 */
export async function setServer(
  ctx: Context,
  { feedbackId, staff }: { feedbackId: string; staff: string | null },
  options: Alongside<Served> = {},
): Promise<Served> {
  allow(ctx.actor, 'feedback:write');
  const [row, servedById] = await Promise.all([
    findFeedback(ctx.db.fresh, { id: feedbackId }),
    staff === null ? null : memberOf(ctx, staff),
  ]);
  if (row === null) throw noFeedback();
  for (const who of [row.servedById, servedById]) allowOf(ctx.actor, who);
  const served: Served = { id: feedbackId, servedById };
  const beside = options.alongside?.(served, 200) ?? [];
  if (row.servedById === servedById) {
    await writeDecision(ctx, { beside });
    return served;
  }
  await writeDecision(ctx, {
    rows: [statement('UPDATE feedback SET served_by_id = ? WHERE id = ?', servedById, feedbackId)],
    audit: {
      kind: 'feedback.server_set',
      subjectKind: 'feedback',
      subjectId: feedbackId,
      detail: { to: servedById },
    },
    beside,
  });
  return served;
}

/** So many pieces are tied to somebody at once; the rest by doing it again. */
const TIED_MAX = 2000;

/** A name that customers wrote, and who of the team is meant by it. */
interface NamedMember {
  name: string;
  staff: string;
}

/**
 * Says who of the team is meant wherever customers wrote one name and nobody knew yet, the newest two thousand at once.
 * @throws {AppError} `validation_failed` for `name` and `staff`, `forbidden`
 */
export const tieName = (ctx: Context, named: NamedMember): Promise<void> =>
  moveName(ctx, named, (name, servedById) => ({
    to: servedById,
    row: statement(
      `UPDATE feedback SET served_by_id = ? WHERE id IN (SELECT id FROM feedback
        WHERE served_by = ? AND served_by_id IS NULL ORDER BY at DESC LIMIT ?)`,
      ...[servedById, name, TIED_MAX],
    ),
  }));

/**
 * Takes back that a member of the team is meant by a name, wherever it was tied to them: the newest two thousand at once.
 * @throws {AppError} `validation_failed` for `name` and `staff`, `forbidden`
 */
export const untieName = (ctx: Context, named: NamedMember): Promise<void> =>
  moveName(ctx, named, (name, servedById) => ({
    to: null,
    row: statement(
      `UPDATE feedback SET served_by_id = NULL WHERE id IN (SELECT id FROM feedback INDEXED BY feedback_server
        WHERE served_by_id = ? AND served_by = ? ORDER BY at DESC LIMIT ?)`,
      ...[servedById, name, TIED_MAX],
    ),
  }));

async function moveName(
  ctx: Context,
  { name: typed, staff }: NamedMember,
  move: (name: string, servedById: string) => { to: string | null; row: Statement },
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const name = parseInput(servedByName, typed);
  const servedById = await memberOf(ctx, staff);
  allowOf(ctx.actor, servedById);
  const { to, row } = move(name, servedById);
  await writeDecision(ctx, {
    rows: [row],
    audit: {
      kind: 'feedback.server_set',
      subjectKind: 'staff',
      subjectId: servedById,
      detail: { to },
    },
  });
}

async function memberOf(ctx: Context, who: string): Promise<string> {
  const member = await findMember(ctx.db.fresh, { who });
  if (member === null) throw wrongField('staff', 'unknown', 'has to be somebody of the team');
  return member.id;
}
