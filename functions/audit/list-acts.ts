import { and, desc, gte, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask } from '../../db/query.ts';
import { apiKeys, auditLog, staff } from '../../db/schema/index.ts';
import { allowRole } from '../platform/allow.ts';
import { startOfDay } from '../platform/business-time.ts';
import { addDays } from '../platform/calendar.ts';
import type { Context } from '../platform/context.ts';
import { getBusiness } from '../programme/business.ts';

const ROWS_A_PAGE = 50;

/** One act of somebody of the business. */
export interface AuditItem {
  id: string;
  at: number;
  /** As `staff`, `key` or `system`, with an email or name where there still is one. */
  actor: { kind: string; name: string };
  act: string;
  subjectKind: string;
  subjectId: string;
  detail: [name: string, value: string][];
}

export interface AuditQuery {
  /** A member's email, a key's name, or the actor as it is written down. */
  actor: string | null;
  /** The id, the kind, or the whole name of what it was done to. */
  subject: string | null;
  /** `YYYY-MM-DD`, business time. */
  day: string | null;
  /** The id after which the page begins, newest first. */
  after: string | null;
}

const kept = z.record(z.string(), z.unknown());

/**
 * What people of the business did, newest first, for owners and managers. `next` begins the next page.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listActs(
  ctx: Context,
  asked: AuditQuery,
): Promise<{ items: AuditItem[]; next: string | null }> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { timeZone } = await getBusiness(ctx);
  const { actor, subject, day, after } = asked;
  const rows = await ask(ctx.db, (db) =>
    db
      .select({
        id: auditLog.id,
        at: auditLog.at,
        actor: auditLog.actor,
        act: auditLog.act,
        subjectKind: auditLog.subjectKind,
        subjectId: auditLog.subjectId,
        detail: auditLog.detail,
        actorName: sql<string | null>`coalesce(${staff.email}, ${apiKeys.name})`.mapWith(String),
      })
      .from(auditLog)
      .leftJoin(staff, sql`${auditLog.actor} = 'staff:' || ${staff.id}`)
      .leftJoin(apiKeys, sql`${auditLog.actor} = 'key:' || ${apiKeys.id}`)
      .where(
        and(
          actor === null
            ? undefined
            : sql`${auditLog.actor} IN (${actor}, (SELECT 'staff:' || id FROM staff WHERE email = ${actor.toLowerCase()}),
            (SELECT 'key:' || id FROM api_keys WHERE name = ${actor}))`,
          subject === null
            ? undefined
            : sql`(${auditLog.subjectId} = ${subject} OR ${auditLog.subjectKind} = ${subject})`,
          day === null ? undefined : gte(auditLog.at, startOfDay(day, timeZone)),
          day === null ? undefined : lt(auditLog.at, startOfDay(addDays(day, 1), timeZone)),
          after === null
            ? undefined
            : sql`(${auditLog.at}, ${auditLog.id}) < (SELECT at, id FROM audit_log WHERE id = ${after})`,
        ),
      )
      .orderBy(desc(auditLog.at), desc(auditLog.id))
      .limit(ROWS_A_PAGE + 1),
  );
  const items = rows.slice(0, ROWS_A_PAGE).map(itemOf);
  return { items, next: rows.length > ROWS_A_PAGE ? (items.at(-1)?.id ?? null) : null };
}

interface AuditRow extends Omit<AuditItem, 'actor' | 'detail'> {
  actor: string;
  actorName: string | null;
  detail: string;
}

function itemOf({ actor, actorName, detail, ...row }: AuditRow): AuditItem {
  const [kind = '', name = ''] = actor.split(/:(.*)/s);
  const told = Object.entries(kept.parse(JSON.parse(detail)));
  return {
    ...row,
    actor: { kind, name: actorName ?? name },
    detail: told.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  };
}
