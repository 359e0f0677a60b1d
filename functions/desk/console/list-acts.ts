import { and, desc, gte, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask, query } from '../../../db/query.ts';
import { apiKeys, auditLog, staff } from '../../../db/schema/index.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { startOfDay } from '../../ground/platform/business-time.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { exactInteger } from '../../ground/platform/exact-json.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';

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
  /** What the subject is called; null where its id says all there is, or where it is gone. */
  subjectName: string | null;
  detail: [name: string, value: ActValue | ActChange][];
}

/** Something told of an act: words or a number, money, a moment, yes or no. */
export type ActValue = string | boolean | Amount | { at: number };

/** What something was before an act, and what it is since; null for nothing. */
export interface ActChange {
  before: ActValue | null;
  value: ActValue | null;
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

/** Under which ids members were known before an archive came in that has them, too. */
const former = sql.raw(
  "SELECT subject_id AS id, detail ->> 'to' AS staff_id FROM audit_log WHERE subject_kind = 'former_staff'",
);

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
  const { timeZone, currency } = await getBusiness(ctx);
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
        actorName: sql<
          string | null
        >`coalesce(${staff.name} || ' (' || ${staff.email} || ')', ${staff.email}, ${apiKeys.name})`.mapWith(
          String,
        ),
      })
      .from(auditLog)
      .leftJoin(
        staff,
        sql`${auditLog.actor} LIKE 'staff:%' AND ${staff.id} = coalesce((SELECT joined.detail ->> 'to'
          FROM audit_log AS joined WHERE joined.subject_kind = 'former_staff'
            AND joined.subject_id = substr(${auditLog.actor}, 7)), substr(${auditLog.actor}, 7))`,
      )
      .leftJoin(apiKeys, sql`${auditLog.actor} = 'key:' || ${apiKeys.id}`)
      .where(
        and(
          actor === null
            ? undefined
            : sql`${auditLog.actor} IN (SELECT ${actor}
            UNION ALL SELECT 'staff:' || id FROM staff WHERE email = ${actor.toLowerCase()}
            UNION ALL SELECT 'staff:' || former.id FROM (${former}) AS former
              JOIN staff ON staff.id = former.staff_id WHERE staff.email = ${actor.toLowerCase()}
            UNION ALL SELECT 'key:' || id FROM api_keys WHERE name = ${actor})`,
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
  const shown = rows.slice(0, ROWS_A_PAGE).map((row) => ({ ...row, detail: detailOf(row.detail) }));
  const names = await namesOf(ctx, shown);
  const items = shown.map((row) => itemOf(row, names, currency ?? ''));
  return { items, next: rows.length > ROWS_A_PAGE ? (items.at(-1)?.id ?? null) : null };
}

type Detail = [name: string, value: unknown][];

interface AuditRow extends Omit<AuditItem, 'actor' | 'detail' | 'subjectName'> {
  actor: string;
  actorName: string | null;
  detail: Detail;
}

const detailOf = (text: string): Detail => Object.entries(kept.parse(JSON.parse(text)));

const madeId = /^[0-9a-f]{32}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isId = (value: unknown): value is string => typeof value === 'string' && madeId.test(value);

function itemOf(row: AuditRow, names: ReadonlyMap<string, string>, currency: string): AuditItem {
  const { actor, actorName, detail, ...rest } = row;
  const [kind = '', name = ''] = actor.split(/:(.*)/s);
  return {
    ...rest,
    actor: { kind, name: actorName ?? name },
    subjectName: names.get(row.subjectId) ?? null,
    detail: detail.flatMap(([name, value]): AuditItem['detail'] => {
      if (value === null || (isId(value) && !names.has(value))) return [];
      const known = { names, currency };
      const change = changed.safeParse(value);
      if (!change.success) return [[name, readValue(name, value, known)]];
      const side = (one: unknown) => (one === null ? null : readValue(name, one, known));
      return [[name, { before: side(change.data.before), value: side(change.data.value) }]];
    }),
  };
}

const changed = z.strictObject({ before: z.unknown(), value: z.unknown() });

const amounts: readonly string[] = ['amount', 'minimum'];

function readValue(
  name: string,
  value: unknown,
  { names, currency }: { names: ReadonlyMap<string, string>; currency: string },
): ActValue {
  const amount = amounts.includes(name) ? exactInteger.safeParse(value) : null;
  if (amount?.success) return { minor: amount.data, currency };
  if ((name === 'since' || name === 'until') && typeof value === 'number') return { at: value };
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return JSON.stringify(value);
  return names.get(value) ?? value;
}

/** What those are called today that some acts were done to, by their ids. */
async function namesOf(ctx: Context, rows: readonly AuditRow[]): Promise<ReadonlyMap<string, string>> {
  const valuesOf = (value: unknown) => {
    const change = changed.safeParse(value);
    return change.success ? [change.data.before, change.data.value] : [value];
  };
  const ids = rows.flatMap(({ subjectId, detail }) => [
    subjectId,
    ...detail.flatMap(([, value]) => valuesOf(value)),
  ]);
  const wanted = [...new Set(ids.filter(isId))];
  if (wanted.length === 0) return new Map();
  const named = await listNames(ctx.db, { ids: JSON.stringify(wanted) });
  return new Map(named.map(({ id, name }) => [id, name]));
}

const listNames = query((db) =>
  db
    .select({ id: sql<string>`id`.mapWith(String), name: sql<string>`name`.mapWith(String) })
    .from(
      sql`(WITH wanted(id) AS MATERIALIZED (SELECT value FROM json_each(${sql.placeholder('ids')}))
      SELECT id, coalesce(name, email) AS name FROM customers WHERE id IN (SELECT id FROM wanted)
      UNION ALL SELECT a.id, coalesce(nullif(a.name, ''), c.name, c.email) FROM accounts a LEFT JOIN customers c ON c.id = a.owner_id
        WHERE a.id IN (SELECT id FROM wanted)
      UNION ALL SELECT id, coalesce(name || ' (' || email || ')', email) FROM staff WHERE id IN (SELECT id FROM wanted)
      UNION ALL SELECT former.id, coalesce(name || ' (' || email || ')', email) FROM (${former}) AS former
        JOIN staff ON staff.id = former.staff_id WHERE former.id IN (SELECT id FROM wanted)
      UNION ALL SELECT id, name FROM api_keys WHERE id IN (SELECT id FROM wanted)
      UNION ALL SELECT id, reference FROM feedback WHERE id IN (SELECT id FROM wanted)
      UNION ALL SELECT id, reference FROM order_requests WHERE id IN (SELECT id FROM wanted)
      UNION ALL SELECT id, name FROM causes WHERE id IN (SELECT id FROM wanted)
      UNION ALL SELECT id, file_name FROM imports WHERE id IN (SELECT id FROM wanted)
      UNION ALL SELECT id, file_name FROM import_runs WHERE id IN (SELECT id FROM wanted))`,
    )
    .where(sql`name IS NOT NULL`),
);
