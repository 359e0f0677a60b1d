import { insertInto } from '../../db/query.ts';
import { auditLog } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { actorName, type Context } from '../platform/context.ts';
import { exactJson } from '../platform/exact-json.ts';
import { newId } from '../platform/ids.ts';

const insertAct = insertInto(auditLog);

/** An act of somebody of the business: the verb, what it was done to, and what more there is to tell without naming anybody. */
export interface Act {
  /** Of a form that may be sent twice: then the second batch is refused. */
  id?: string;
  act: string;
  subjectKind: string;
  subjectId: string;
  detail?: Record<string, unknown>;
}

/** The statement that writes an act into the audit log; it belongs into the batch of the act. */
export function recordAct(
  ctx: Pick<Context, 'actor' | 'now'>,
  { id = newId(), act, subjectKind, subjectId, detail = {} }: Act,
): Statement {
  return insertAct({
    id,
    at: ctx.now(),
    actor: actorName(ctx.actor),
    act,
    subjectKind,
    subjectId,
    detail: exactJson(detail),
  });
}
