import { insertInto } from '../../../db/query.ts';
import { auditLog } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { actorName, type Context } from '../platform/context.ts';
import { exactJson } from '../platform/exact-json.ts';
import { newId } from '../platform/ids.ts';
import type { AuditKind } from './audit-kind.ts';

const insertLine = insertInto(auditLog);

/** What somebody of the business did, what they did it to, and what more there is to tell without naming anybody. */
export interface AuditLine {
  /** Of a form that may be sent twice: then the second batch is refused. */
  id?: string;
  kind: AuditKind;
  subjectKind: string;
  subjectId: string;
  detail?: Record<string, unknown>;
}

/** The statement that writes a line into the audit log; it belongs into the batch of the act. */
export function insertAuditLine(
  ctx: Pick<Context, 'actor' | 'now'>,
  { id = newId(), kind, subjectKind, subjectId, detail = {} }: AuditLine,
): Statement {
  return insertLine({
    id,
    at: ctx.now(),
    actor: actorName(ctx.actor),
    act: kind,
    subjectKind,
    subjectId,
    detail: exactJson(detail),
  });
}
