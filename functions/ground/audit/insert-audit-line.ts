import { insertInto, statement } from '../../../db/query.ts';
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

/** The same for each row of a selection, in whose SQL the subject and what there is to tell are named. */
export function insertAuditLines(
  ctx: Pick<Context, 'actor' | 'now'>,
  {
    kind,
    subjectKind,
    subjectId,
    detail,
    from,
  }: Pick<AuditLine, 'kind' | 'subjectKind' | 'subjectId'> & { detail: Record<string, string>; from: string },
): Statement {
  const told = Object.entries(detail).map(([name, sql]) => `'${name}', ${sql}`);
  return statement(
    `INSERT INTO audit_log (id, at, actor, act, subject_kind, subject_id, detail)
     SELECT lower(hex(randomblob(16))), ?, ?, ?, ?, ${subjectId}, json_object(${told.join(', ')}) FROM ${from}`,
    ...[ctx.now(), actorName(ctx.actor), kind, subjectKind],
  );
}
